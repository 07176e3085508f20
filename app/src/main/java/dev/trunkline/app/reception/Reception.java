package dev.trunkline.app.reception;

import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The receptionist that needs no language model. Answers questions about opening hours, address and prices, takes
 * messages, connects to a person, and says so when it can't answer. Understands by rules; see {@link Understanding}. One
 * object serves all calls.
 */
public final class Reception implements Scenario {

    private final Facts facts;
    private final Understanding understanding;
    private final Answers answers;
    private final MessageTaking messages = new MessageTaking();

    /** Answers from the facts that come with the server. */
    public Reception() {
        this(Facts.shipped(), InstantSource.system());
    }

    /**
     * Answers from a facts file.
     *
     * @throws FactsException if it can't be used; the message says where and why
     */
    public Reception(Path facts) {
        this(Facts.read(facts), InstantSource.system());
    }

    /** Answers from those facts, by that clock. */
    public Reception(Facts facts, InstantSource clock) {
        this.facts = facts;
        this.understanding = new Understanding(facts);
        this.answers = new Answers(facts, clock);
    }

    @Override
    public Reply onCallStart(Session session) {
        Notes notes = new Notes(session.memory());
        notes.step(Step.TALK);
        return noted(
                notes,
                Reply.ask("Hello, this is " + facts.business()
                        + ". I'm the automatic receptionist. What can I do for you?"));
    }

    @Override
    public Reply onTranscript(Session session, String text) {
        Notes notes = new Notes(session.memory());
        Turn turn = new Turn(session, notes, text, understanding.understand(text, notes.topic()));
        if (turn.words() == 0) {
            return Reply.nothing().expecting(notes.step().expectation());
        }
        return noted(notes, respond(turn));
    }

    @Override
    public Reply onDtmf(Session session, String digits) {
        Notes notes = new Notes(session.memory());
        Turn turn = new Turn(session, notes, "", understanding.understand("", null));
        if (notes.step().takesMessage()) {
            return noted(notes, messages.keys(turn, digits));
        }
        return switch (digits) {
            case "0" -> noted(notes, connect(turn));
            case "*" -> repeat(turn);
            default -> Reply.nothing().expecting(notes.step().expectation());
        };
    }

    @Override
    public Reply onSilence(Session session, int prompt) {
        Notes notes = new Notes(session.memory());
        Step step = notes.step();
        if (prompt > 1) {
            return Reply.ask("I can't hear you. Please say something.", step.expectation());
        }
        return Reply.ask("Are you still there? " + question(notes), step.expectation());
    }

    @Override
    public Reply onOutcome(Session session, Outcome outcome) {
        Notes notes = new Notes(session.memory());
        return noted(
                notes,
                switch (outcome) {
                    case Outcome.NotConnected(Outcome.Reason reason) ->
                        ask(
                                notes,
                                Step.OFFER_MESSAGE,
                                switch (reason) {
                                    case BUSY -> "I'm sorry, the line is busy. Shall I take a message?";
                                    case NO_ANSWER -> "I'm sorry, nobody is answering. Shall I take a message?";
                                    case DECLINED ->
                                        "I'm sorry, nobody can take your call right now. Shall I take a message?";
                                    case UNREACHABLE ->
                                        "I'm sorry, I can't reach anybody right now. Shall I take a message?";
                                });
                    case Outcome.PersonLeft() ->
                        ask(notes, Step.MORE, "It's me again. Is there anything else I can do for you?");
                });
    }

    private Reply respond(Turn turn) {
        Notes notes = turn.notes();
        Step step = notes.step();
        if (step.takesMessage()) {
            boolean declined = turn.heard().declined().contains(Intent.MESSAGE)
                    && turn.heard().best().isEmpty();
            if (declined && step != Step.TEXT) {
                return cancelMessage(notes);
            }
            Optional<Reply> answer = messages.answer(turn);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        Optional<Reply> wish = turn.heard()
                .best()
                .filter(best -> !answersOffer(step, turn, best))
                .map(best -> wish(turn, best));
        if (wish.isPresent()) {
            return wish.get();
        }
        Optional<Reply> answer = answerToOffer(turn);
        if (answer.isPresent()) {
            return answer.get();
        }
        return turn.heard().declined().isEmpty()
                ? notUnderstood(turn)
                : ask(notes, Step.TALK, "All right. What can I do for you then?");
    }

    /** Whether a courtesy only goes with a yes or no: "no thanks", "okay, great". */
    private static boolean answersOffer(Step step, Turn turn, Intent best) {
        boolean courtesy = best == Intent.THANKS || best == Intent.GREETING || best == Intent.CANCEL;
        return courtesy
                && step != Step.TALK
                && !step.takesMessage()
                && YesNo.of(turn.heard().words()) != YesNo.UNCLEAR;
    }

    private Optional<Reply> answerToOffer(Turn turn) {
        Notes notes = turn.notes();
        YesNo answer = YesNo.of(turn.heard().words());
        boolean declined = !turn.heard().declined().isEmpty();
        if (answer == YesNo.UNCLEAR && !declined) {
            return Optional.empty();
        }
        boolean yes = answer == YesNo.YES && !declined;
        // a long answer that only happens to hold a yes is something else
        if (turn.words() > 6 && notes.step() != Step.CLARIFY && !declined) {
            return Optional.empty();
        }
        return switch (notes.step()) {
            case OFFER_PERSON -> Optional.of(yes ? connect(turn) : more(notes, "All right."));
            case OFFER_MESSAGE -> Optional.of(yes ? messages.begin(turn) : more(notes, "All right."));
            case CLARIFY -> {
                Optional<Intent> guess = notes.guess();
                yield Optional.of(
                        yes && guess.isPresent()
                                ? wish(turn, guess.get())
                                : ask(notes, Step.TALK, "Sorry about that. What would you like to know?"));
            }
            case MORE -> Optional.of(yes ? ask(notes, Step.TALK, "Go ahead. What can I do for you?") : goodbye());
            default -> Optional.empty();
        };
    }

    private Reply wish(Turn turn, Intent intent) {
        Notes notes = turn.notes();
        notes.done("unknown");
        return switch (intent) {
            case HOURS, ADDRESS, PRICES -> facts(turn, intent);
            case MESSAGE -> notes.step().takesMessage() ? goOn(notes, "Yes.") : messages.begin(turn);
            case PERSON -> connect(turn);
            case GOODBYE -> goodbye();
            case CANCEL -> notes.step().takesMessage() ? cancelMessage(notes) : more(notes, "All right.");
            case REPEAT -> repeat(turn);
            case THANKS ->
                notes.step().takesMessage() ? goOn(notes, "You're welcome.") : more(notes, "You're welcome.");
            case GREETING -> goOn(notes, "Hello.");
            case HOW_ARE_YOU -> goOn(notes, "I'm fine, thank you.");
            case ARE_YOU_A_ROBOT -> goOn(notes, "Yes, I'm a computer, not a person.");
            case WHO_ARE_YOU -> goOn(notes, "I'm the automatic receptionist of " + facts.business() + ".");
            case WHAT_CAN_YOU_DO ->
                goOn(
                        notes,
                        "I can tell you our opening hours, our address and our prices. "
                                + "I can also take a message, or connect you to a person.");
            case CAN_YOU_HEAR_ME -> goOn(notes, "Yes, I can hear you.");
            case WAIT -> Reply.say("Take your time.").expecting(notes.step().expectation());
        };
    }

    private Reply facts(Turn turn, Intent first) {
        Notes notes = turn.notes();
        List<Intent> all = new ArrayList<>();
        turn.heard().wishes().forEach(wish -> all.add(wish.intent()));
        if (!all.contains(first)) {
            all.add(first);
        }
        String said = all.stream()
                .map(intent -> answers.answer(intent, turn.heard().words()))
                .collect(Collectors.joining(" "));
        notes.topic(first);
        return notes.step().takesMessage() ? goOn(notes, said) : more(notes, said);
    }

    private Reply connect(Turn turn) {
        Notes notes = turn.notes();
        messages.drop(notes);
        if (turn.session().agent().person().isEmpty()) {
            return ask(
                    notes, Step.OFFER_MESSAGE, "I'm sorry, I have nobody to connect you to. Shall I take a message?");
        }
        notes.step(Step.TALK);
        return Reply.say("One moment, please. I'm connecting you.").connect();
    }

    private Reply notUnderstood(Turn turn) {
        Notes notes = turn.notes();
        Optional<Intent> nearly = turn.heard().nearly();
        if (nearly.isPresent() && !notes.step().takesMessage() && nearly.get() != Intent.CANCEL) {
            notes.guess(nearly.get());
            return ask(notes, Step.CLARIFY, "I'm not sure I understood. " + guess(nearly.get()));
        }
        Optional<String> name = introduction(turn);
        if (name.isPresent() && !notes.step().takesMessage()) {
            notes.field(Notes.Field.NAME, name.get());
            return goOn(notes, "Hello, " + name.get() + ".");
        }
        boolean nothingInIt =
                turn.words() <= 2 && turn.heard().words().stream().allMatch(word -> Words.isPlain(word.stem()));
        if (nothingInIt && notes.again("unknown") < 3) {
            return goOn(notes, "Sorry, I didn't catch that.");
        }
        notes.done("unknown");
        boolean somebody = !turn.session().agent().person().isEmpty();
        if (notes.step().takesMessage()) {
            return goOn(
                    notes,
                    "I'm sorry, I can't answer that"
                            + (somebody ? ", but I can connect you to a person if you like." : "."));
        }
        return somebody
                ? ask(notes, Step.OFFER_PERSON, "I'm sorry, I can't answer that. Shall I connect you to a person?")
                : ask(
                        notes,
                        Step.OFFER_MESSAGE,
                        "I'm sorry, I can't answer that. Shall I take a message for a person?");
    }

    /** "Hello, this is John Smith" at the beginning of a call. */
    private static Optional<String> introduction(Turn turn) {
        Optional<String> name = SpokenName.introducedIn(turn.text());
        boolean greeted = Words.joined(turn.heard().words())
                .matches("(hello|hi|hey|good (morning|afternoon|evening)) (this is|i am) .*");
        return name.isPresent() || !greeted || turn.words() > 8 ? name : SpokenName.of(turn.text());
    }

    private static String guess(Intent intent) {
        return switch (intent) {
            case HOURS -> "Do you want our opening hours?";
            case ADDRESS -> "Do you want our address?";
            case PRICES -> "Do you want our prices?";
            case MESSAGE -> "Do you want to leave a message?";
            case PERSON -> "Do you want to talk to a person?";
            default -> "Is that all for today?";
        };
    }

    private Reply cancelMessage(Notes notes) {
        messages.drop(notes);
        return more(notes, "All right, no message.");
    }

    private static Reply repeat(Turn turn) {
        Notes notes = turn.notes();
        return Reply.ask(notes.said(), notes.step().expectation());
    }

    private static Reply goodbye() {
        return Reply.say("Thank you for calling. Goodbye.").hangUp();
    }

    /** Says something, and comes back to what was asked; an offer that was passed over is not made again. */
    private Reply goOn(Notes notes, String said) {
        if (notes.step() == Step.OFFER_PERSON || notes.step() == Step.OFFER_MESSAGE) {
            notes.step(Step.TALK);
        }
        return Reply.ask(said + " " + question(notes), notes.step().expectation());
    }

    private static Reply more(Notes notes, String said) {
        return ask(notes, Step.MORE, said + " Is there anything else I can do for you?");
    }

    private String question(Notes notes) {
        return switch (notes.step()) {
            case TALK, CLARIFY -> "What can I do for you?";
            case MORE -> "Is there anything else I can do for you?";
            case OFFER_PERSON -> "Shall I connect you to a person?";
            case OFFER_MESSAGE -> "Shall I take a message?";
            case NAME, NUMBER, CONFIRM, TEXT -> messages.question(notes);
        };
    }

    private static Reply ask(Notes notes, Step step, String text) {
        notes.step(step);
        return Reply.ask(text, step.expectation());
    }

    /** Remembers what is said, so that it can be repeated. */
    private static Reply noted(Notes notes, Reply reply) {
        String said = reply.actions().stream()
                .filter(Action.Say.class::isInstance)
                .map(action -> ((Action.Say) action).text())
                .collect(Collectors.joining(" "));
        if (!said.isEmpty()) {
            notes.said(said);
        }
        return reply;
    }
}
