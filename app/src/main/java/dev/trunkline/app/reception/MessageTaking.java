package dev.trunkline.app.reception;

import dev.trunkline.app.reception.Intent.Family;
import dev.trunkline.app.reception.Notes.Field;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Session;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a message: name, number, read back, text. What is no answer to its questions it leaves to the receptionist. */
final class MessageTaking {

    /** Fewer digits than this are taken for the beginning of a number. */
    private static final int WHOLE_NUMBER = 6;

    /** More digits no number has: ITU-T E.164. */
    private static final int LONGEST_NUMBER = 15;

    private static final Set<String> STARTING_OVER =
            Set.of("no", "again", "sorry", "wrong", "over", "wait", "actually");
    /** "The last two digits are": its numeral is no digit of the number. */
    private static final Pattern COUNTED =
            Pattern.compile("\\b(last|first|final)\\s+(?:one|two|three|four|five|\\d)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONTENT = Pattern.compile(
            "\\b(?:tell|let)\\s+(?:him|her|them|\\w+(?:\\s+\\w+)?)\\s+(?:know\\s+)?(?:that\\s+)?(.{12,})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PHONE_IN_ADDRESS = Pattern.compile("^(?:sips?:|tel:)?(\\+?\\d{3,15})(?:@.*|;.*|$)");
    private static final Set<String> AT_THE_END = Set.of("last", "end", "ends", "ending", "final");
    private static final Set<String> AT_THE_START = Set.of("first", "start", "starts", "begins", "beginning");

    /** Begins to take a message; keeps whatever the caller has said of it already. */
    Reply begin(Turn turn) {
        SpokenName.introducedIn(turn.text()).ifPresent(name -> turn.notes().field(Field.NAME, name));
        Matcher content = CONTENT.matcher(turn.text());
        if (content.find() && turn.notes().field(Field.TEXT).isEmpty()) {
            turn.notes().field(Field.TEXT, content.group(1).strip());
        }
        return next(turn.session(), turn.notes(), "Of course, I can take a message.");
    }

    /** The answer to what the step asks; empty if the caller wants something else. */
    Optional<Reply> answer(Turn turn) {
        return switch (turn.notes().step()) {
            case NAME -> name(turn);
            case NUMBER -> number(turn);
            case CONFIRM -> confirm(turn);
            case TEXT -> text(turn);
            default -> Optional.empty();
        };
    }

    /** Keys that were pressed instead of saying the number. */
    Reply keys(Turn turn, String digits) {
        Step step = turn.notes().step();
        String number = digits.replaceAll("\\D", "");
        if (step == Step.CONFIRM && digits.equals("1")) {
            return confirmed(turn);
        }
        if (step == Step.CONFIRM && digits.equals("2")) {
            return again(turn);
        }
        if (step == Step.NUMBER && !number.isEmpty()) {
            turn.notes().forget(Field.NUMBER);
            return readBack(turn.notes(), number);
        }
        return Reply.nothing().expecting(step.expectation());
    }

    /** Asks again what this step asks. */
    String question(Notes notes) {
        return switch (notes.step()) {
            case NAME -> "So, may I have your name?";
            case NUMBER -> "So, what number can we call you back on?";
            case CONFIRM ->
                "So, your number is "
                        + SpokenDigits.say(notes.field(Field.NUMBER).orElse("")) + ". Is that right?";
            case TEXT -> "So, what is your message?";
            default -> "";
        };
    }

    /** Forgets what was taken down. */
    void drop(Notes notes) {
        for (Field field : Field.values()) {
            notes.forget(field);
        }
        notes.done("number");
        notes.done("name");
    }

    private Optional<Reply> name(Turn turn) {
        Optional<String> introduced = SpokenName.introducedIn(turn.text());
        boolean short_ = turn.words() <= 3;
        if (introduced.isEmpty() && isRefusal(turn)) {
            turn.notes().field(Field.NAME, "");
            return Optional.of(next(turn.session(), turn.notes(), "That's fine."));
        }
        if (introduced.isEmpty()
                && turn.heard().best().filter(best -> !isCourtesy(best)).isPresent()) {
            Intent best = turn.heard().best().orElseThrow();
            boolean perhapsAName =
                    short_ && best.family() == Family.FACT && !turn.heard().isQuestion();
            if (!perhapsAName && best != Intent.MESSAGE) {
                return Optional.empty();
            }
        }
        Optional<String> name =
                introduced.or(() -> turn.heard().isQuestion() ? Optional.empty() : SpokenName.of(turn.text()));
        if (name.isEmpty()) {
            if (turn.heard().isQuestion() && turn.words() > 3) {
                return Optional.empty();
            }
            if (turn.notes().again("name") > 2) {
                turn.notes().field(Field.NAME, "");
                return Optional.of(next(turn.session(), turn.notes(), "Never mind the name."));
            }
            return Optional.of(
                    Reply.ask("Sorry, I didn't catch your name. Please say it again.", Step.NAME.expectation()));
        }
        turn.notes().field(Field.NAME, name.get());
        String digits = SpokenDigits.read(turn.text());
        if (digits.length() >= WHOLE_NUMBER) {
            return Optional.of(readBack(turn.notes(), digits));
        }
        return Optional.of(next(turn.session(), turn.notes(), "Thank you, " + name.get() + "."));
    }

    private Optional<Reply> number(Turn turn) {
        String heard = SpokenDigits.read(turn.text());
        String before = turn.notes().field(Field.NUMBER).orElse("");
        boolean thatIsAll =
                YesNo.of(turn.heard().words()) == YesNo.YES || turn.heard().wants(Intent.GOODBYE);
        if (heard.isEmpty() && !before.isEmpty() && thatIsAll) {
            return Optional.of(readBack(turn.notes(), before));
        }
        if (heard.isEmpty() && isRefusal(turn)) {
            return Optional.of(withoutNumber(turn));
        }
        if (heard.length() < 3
                && turn.heard().best().filter(best -> !isCourtesy(best)).isPresent()) {
            return Optional.empty();
        }
        if (heard.isEmpty()) {
            if (isCallersOwn(turn)) {
                Optional<String> own = callersNumber(turn.session());
                if (own.isPresent()) {
                    return Optional.of(readBack(turn.notes(), own.get()));
                }
                return Optional.of(
                        Reply.ask("I can't see your number. Please say it, or key it in.", Step.NUMBER.expectation()));
            }
            if (turn.heard().isQuestion() && turn.words() > 3) {
                return Optional.empty();
            }
            int tries = turn.notes().again("number");
            if (tries > 3) {
                return Optional.of(withoutNumber(turn));
            }
            return Optional.of(Reply.ask(
                    tries == 1
                            ? "Sorry, I didn't catch a number. Please say it digit by digit."
                            : "Sorry, I still didn't get it. Please type the number on your keypad, and then press hash.",
                    Step.NUMBER.expectation()));
        }
        boolean anew = before.isEmpty()
                || heard.startsWith("+")
                || heard.startsWith(before)
                || any(turn, STARTING_OVER)
                || before.length() + heard.length() > LONGEST_NUMBER;
        String whole = anew ? heard : before + heard;
        if (whole.replace("+", "").length() < WHOLE_NUMBER) {
            turn.notes().field(Field.NUMBER, whole);
            return Optional.of(Reply.ask(
                    "So far I have " + SpokenDigits.say(whole) + ". And the rest?", Step.NUMBER.expectation()));
        }
        return Optional.of(readBack(turn.notes(), whole));
    }

    private Optional<Reply> confirm(Turn turn) {
        String heard = SpokenDigits.read(COUNTED.matcher(turn.text()).replaceAll("$1"));
        String number = turn.notes().field(Field.NUMBER).orElse("");
        if (heard.length() >= WHOLE_NUMBER) {
            return Optional.of(readBack(turn.notes(), heard));
        }
        if (!heard.isEmpty() && heard.length() < number.length()) {
            if (any(turn, AT_THE_END)) {
                return Optional.of(
                        readBack(turn.notes(), number.substring(0, number.length() - heard.length()) + heard));
            }
            if (any(turn, AT_THE_START)) {
                return Optional.of(readBack(turn.notes(), heard + number.substring(heard.length())));
            }
        }
        YesNo answer = YesNo.of(turn.heard().words());
        Optional<Intent> best = turn.heard().best().filter(intent -> !isCourtesy(intent));
        if (best.isPresent()
                && (answer == YesNo.UNCLEAR
                        || turn.heard().isQuestion()
                        || best.get() == Intent.CANCEL
                        || best.get() == Intent.REPEAT)) {
            return Optional.empty();
        }
        return switch (answer) {
            case YES -> Optional.of(confirmed(turn));
            case NO -> Optional.of(again(turn));
            case UNCLEAR ->
                turn.heard().isQuestion() && turn.words() > 3
                        ? Optional.empty()
                        : Optional.of(Reply.ask("Sorry, is that number right, yes or no?", Step.CONFIRM.expectation()));
        };
    }

    private Optional<Reply> text(Turn turn) {
        Understood heard = turn.heard();
        Optional<Intent> best = heard.best();
        boolean turnsAway = heard.isQuestion() || heard.changesSubject();
        if (best.isPresent()) {
            boolean leaves = switch (best.get()) {
                case HOURS, ADDRESS, PRICES -> turnsAway && turn.words() <= 14;
                case PERSON -> (heard.changesSubject() || says(turn, "instead")) && turn.words() <= 14;
                case CANCEL -> turn.words() <= 8;
                case REPEAT -> turn.words() <= 8;
                case GOODBYE, WAIT, CAN_YOU_HEAR_ME, WHO_ARE_YOU, ARE_YOU_A_ROBOT, HOW_ARE_YOU -> turn.words() <= 6;
                case MESSAGE, THANKS, GREETING, WHAT_CAN_YOU_DO -> false;
            };
            if (leaves) {
                return Optional.empty();
            }
        }
        if (turn.words() <= 2 && YesNo.of(heard.words()) == YesNo.YES) {
            return Optional.of(Reply.ask("Please go ahead.", Step.TEXT.expectation()));
        }
        turn.notes().field(Field.TEXT, turn.text().strip());
        return Optional.of(leave(turn.notes(), "Thank you. I have noted your message."));
    }

    private Reply confirmed(Turn turn) {
        turn.notes().done("number");
        return turn.notes().field(Field.TEXT).isPresent()
                ? leave(turn.notes(), "Thank you. I'll pass your message on.")
                : ask(turn.notes(), Step.TEXT, "Thank you. What is your message?");
    }

    private static Reply again(Turn turn) {
        turn.notes().forget(Field.NUMBER);
        return ask(
                turn.notes(),
                Step.NUMBER,
                turn.notes().again("number") < 2
                        ? "Sorry about that. Please say the number again."
                        : "Sorry. Please type the number on your keypad, and then press hash.");
    }

    private Reply withoutNumber(Turn turn) {
        turn.notes().field(Field.NUMBER, "");
        return next(turn.session(), turn.notes(), "That's fine, I'll leave the number out.");
    }

    /** Asks for the next thing that is missing. */
    private Reply next(Session session, Notes notes, String lead) {
        if (notes.field(Field.NAME).isEmpty()) {
            return ask(notes, Step.NAME, lead + " May I have your name?");
        }
        if (notes.field(Field.NUMBER).isEmpty()) {
            return ask(notes, Step.NUMBER, lead + " What number can we call you back on?");
        }
        return notes.field(Field.TEXT).isPresent()
                ? leave(notes, lead + " I'll pass your message on.")
                : ask(notes, Step.TEXT, lead + " What is your message?");
    }

    private static Reply readBack(Notes notes, String number) {
        notes.field(Field.NUMBER, number);
        return ask(notes, Step.CONFIRM, "I have " + SpokenDigits.say(number) + ". Is that right?");
    }

    private Reply leave(Notes notes, String said) {
        Reply reply = Reply.nothing()
                .leaveMessage(
                        notes.field(Field.NAME).orElse(""),
                        notes.field(Field.NUMBER).orElse(""),
                        notes.field(Field.TEXT).orElse(""))
                .andSay(said + " Is there anything else?");
        drop(notes);
        notes.step(Step.MORE);
        return reply.expecting(Step.MORE.expectation());
    }

    private static Reply ask(Notes notes, Step step, String question) {
        notes.step(step);
        return Reply.ask(question, step.expectation());
    }

    private static boolean isCourtesy(Intent intent) {
        return intent == Intent.THANKS || intent == Intent.GREETING;
    }

    private static boolean isRefusal(Turn turn) {
        String all = " " + Words.joined(turn.heard().words()) + " ";
        return all.contains(" rather not ")
                || all.contains(" not want to ")
                || all.contains(" do not have ")
                || all.contains(" prefer not ")
                || all.contains(" no number ")
                || all.contains(" no name ")
                || all.contains(" not give ")
                || all.contains(" anonymous ")
                || all.contains(" none of your ")
                || all.contains(" not tell ")
                || all.contains(" not got ");
    }

    private static boolean isCallersOwn(Turn turn) {
        String all = " " + Words.joined(turn.heard().words()) + " ";
        return all.contains(" calling from ")
                || all.contains(" this number ")
                || all.contains(" same number ")
                || all.contains(" ringing from ")
                || all.contains(" have my number ")
                || all.contains(" number i am on ")
                || all.contains(" on your display ")
                || all.contains(" this one ")
                || all.contains(" phoning from ")
                || all.contains(" see my number ");
    }

    private static Optional<String> callersNumber(Session session) {
        Matcher matcher = PHONE_IN_ADDRESS.matcher(session.call().from().address());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static boolean any(Turn turn, Set<String> wanted) {
        return turn.heard().words().stream().anyMatch(word -> wanted.contains(word.text()));
    }

    private static boolean says(Turn turn, String word) {
        return any(turn, Set.of(word));
    }
}
