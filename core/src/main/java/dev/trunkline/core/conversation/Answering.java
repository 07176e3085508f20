package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.conversation.Answer.Step;
import dev.trunkline.core.conversation.ConversationEvent.Stage;
import dev.trunkline.core.conversation.Listening.TurnTimes;
import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.ChatMessage.Role;
import dev.trunkline.core.line.InterruptionPolicy;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.PlaybackPosition;
import dev.trunkline.core.line.Voice;
import dev.trunkline.core.mind.Occasion;
import dev.trunkline.core.mind.SentenceSplitter;
import dev.trunkline.core.mind.ThoughtEvent;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side: asks the mind, speaks what it thinks, does what it wants done, each in its turn. An answer may be prepared
 * ahead of time, unheard, and is then either given or discarded. Conversation's thread.
 */
final class Answering {

    /** What it tells, and what it wants done. */
    interface Mouth {

        /** A step that is not speech; all speech before it has been heard. */
        void perform(Action action);

        /** What is waited for from now on: known before the speech has ended. */
        void expect(Expectation expectation);

        /** The answer is complete and heard. */
        void answered();

        /** The mind failed before it said anything. */
        void mindFailed();

        void trouble(Stage stage, String message);
    }

    /** Characters, about half a minute of speech. */
    private static final int LONG_TEXT = 400;

    /** How long a mind may be silent. */
    private static final Duration MIND_LIMIT = Duration.ofSeconds(30);

    private final CallInfo call;
    private final Agent agent;
    private final ConversationParts parts;
    private final Voice voice;
    private final Mailbox mailbox;
    private final Alarms alarms;
    private final Chronicle chronicle;
    private final Mouth mouth;

    private Memory memory = new Memory();
    private long generation;
    private @Nullable Answer prepared;
    private @Nullable Answer current;
    private @Nullable Answer cut;
    private long cutAt;
    private final StringBuilder heard = new StringBuilder();
    private long turnAudibleNanos;

    Answering(
            CallInfo call,
            Agent agent,
            ConversationParts parts,
            Voice voice,
            Mailbox mailbox,
            Alarms alarms,
            Chronicle chronicle,
            Mouth mouth) {
        this.call = call;
        this.agent = agent;
        this.parts = parts;
        this.voice = voice;
        this.mailbox = mailbox;
        this.alarms = alarms;
        this.chronicle = chronicle;
        this.mouth = mouth;
    }

    /** Whether an answer is being given, audible yet or not. */
    boolean isBusy() {
        return current != null;
    }

    /** Whether an utterance is on the line, playing or held. */
    boolean isSpeaking() {
        return current != null && current.playing != null;
    }

    /** The utterance on the line. */
    Optional<Utterance> playing() {
        return current == null ? Optional.empty() : Optional.ofNullable(current.playing);
    }

    /** What the answer that is being given waits for, as far as is known. */
    Expectation expectation() {
        return current == null ? Expectation.ANYTHING : current.expectation;
    }

    /** The session as a mind sees it, with a memory of its own. */
    Session session() {
        return new Session(call, agent, chronicle.history(), memory.copy());
    }

    /** Prepares an answer unheard. */
    void prepare(Occasion occasion) {
        if (prepared != null && Objects.equals(prepared.occasion, occasion)) {
            return;
        }
        discardPrepared();
        Answer answer = new Answer(occasion, memory, parts.time().nanoTime());
        answer.speculative = true;
        prepared = answer;
        ask(answer, occasion);
    }

    /** Throws away what was prepared. Returns whether there was anything. */
    boolean discardPrepared() {
        if (prepared == null) {
            return false;
        }
        prepared.cancel();
        prepared = null;
        return true;
    }

    /** Gives an answer: the one that was prepared for just this, or a new one. Cuts what is being said. */
    void give(Occasion occasion, @Nullable TurnTimes times) {
        interrupt();
        Answer answer = prepared;
        if (answer == null || !Objects.equals(answer.occasion, occasion)) {
            discardPrepared();
            answer = new Answer(occasion, memory, parts.time().nanoTime());
            current = answer;
            commit(answer, times);
            ask(answer, occasion);
        } else {
            prepared = null;
            current = answer;
            commit(answer, times);
        }
        advance();
    }

    /** Says a phrase of the engine's own, then does something. */
    void say(String phrase, boolean interruptible, Action... then) {
        interrupt();
        discardPrepared();
        Answer answer = new Answer(null, memory, parts.time().nanoTime());
        current = answer;
        commit(answer, null);
        next(answer, new Action.Say(phrase, interruptible));
        for (Action action : then) {
            next(answer, action);
        }
        done(answer, Expectation.ANYTHING, memory);
    }

    /**
     * Takes back an answer of which nothing has been heard, because the caller goes on. What answers keys or an outcome stays:
     * speech does not undo these; nor does what has had an effect already.
     *
     * @return what it would have answered; empty if nothing was taken back
     */
    Optional<Occasion> withdraw() {
        Answer answer = current;
        if (answer == null
                || answer.hadEffect
                || answer.isAudible()
                || answer.occasion == null
                || !undoneBySpeech(answer.occasion)) {
            return Optional.empty();
        }
        answer.cancel();
        memory = answer.memoryBefore;
        current = null;
        voice.commit(++generation);
        return Optional.of(answer.occasion);
    }

    /** The session for a thought about this: its words are not in the history yet, whether they have been noted or not. */
    private Session session(Occasion occasion) {
        List<ChatMessage> history = chronicle.history();
        boolean noted = !history.isEmpty()
                && history.getLast().role() == Role.CALLER
                && switch (occasion) {
                    case Occasion.CallerSaid said -> history.getLast().text().equals(said.text());
                    case Occasion.KeysPressed pressed ->
                        history.getLast().text().contains(pressed.digits());
                    default -> false;
                };
        List<ChatMessage> before = noted ? history.subList(0, history.size() - 1) : history;
        return new Session(call, agent, before, memory.copy());
    }

    private static boolean undoneBySpeech(Occasion occasion) {
        return switch (occasion) {
            case Occasion.CallStarted started -> true;
            case Occasion.CallerSaid said -> true;
            case Occasion.CallerSilent silent -> true;
            case Occasion.KeysPressed pressed -> false;
            case Occasion.Came came -> false;
        };
    }

    /** Cuts the answer where it is: what was heard is kept, the rest is dropped. */
    void interrupt() {
        Answer answer = current;
        if (answer == null) {
            return;
        }
        answer.cancel();
        current = null;
        cut = null;
        Utterance playing = answer.playing;
        if (playing != null) {
            PlaybackPosition position = voice.position();
            long played = position.generation() == playing.generation() ? position.samplesPlayed() : 0;
            hear(playing.ledger().heardAt(played));
            ended(playing);
            cut = answer;
            cutAt = played;
        }
        voice.commit(++generation);
        closeTurn(answer, true);
    }

    /** Says what was cut off, because the interruption was none. Returns false if there is nothing left of it. */
    boolean takeUpAgain() {
        Answer was = cut;
        cut = null;
        if (was == null || was.playing == null || isBusy()) {
            return false;
        }
        String rest = was.playing.restAfter(cutAt);
        boolean interruptible = was.playing.interruptible();
        Answer answer = new Answer(null, memory, parts.time().nanoTime());
        current = answer;
        commit(answer, null);
        if (!rest.isBlank()) {
            next(answer, new Action.Say(rest, interruptible));
        }
        for (Step step : was.steps) {
            switch (step) {
                case Step.Speak(Utterance utterance) -> {
                    String text = utterance.script();
                    if (!text.isBlank()) {
                        next(answer, new Action.Say(text, utterance.interruptible()));
                    }
                }
                case Step.Perform(Action action) -> next(answer, action);
            }
        }
        done(answer, was.expectation, memory);
        return true;
    }

    void on(LegEvent.PlaybackStarted started) {
        Answer answer = current;
        if (answer == null || answer.playing == null || answer.playing.generation() != started.generation()) {
            return;
        }
        if (answer.audibleNanos == 0) {
            answer.audibleNanos = started.nanos();
            TurnTimes times = answer.times;
            if (times != null) {
                parts.observer()
                        .on(
                                call,
                                new ConversationEvent.AnswerAudible(
                                        Duration.ofNanos(Math.max(0, started.nanos() - times.enoughNanos()))));
            }
        }
        if (turnAudibleNanos == 0) {
            turnAudibleNanos = started.nanos();
        }
        cut = null;
    }

    void on(LegEvent.PlaybackFinished finished) {
        Answer answer = current;
        if (answer == null
                || answer.playing == null
                || answer.playing.generation() != finished.position().generation()) {
            return;
        }
        hear(answer.playing.ledger().heardAt(finished.position().samplesPlayed()));
        ended(answer.playing);
        answer.playing = null;
        advance();
    }

    /** Ends everything; nothing more is said. */
    void close() {
        discardPrepared();
        Answer answer = current;
        if (answer != null) {
            interrupt();
        }
    }

    private void ask(Answer answer, Occasion occasion) {
        watch(answer);
        answer.thinking = parts.mind()
                .think(
                        occasion,
                        session(occasion),
                        event -> mailbox.post(() -> {
                            if (answer == current || answer == prepared) {
                                thought(answer, event);
                            }
                        }));
    }

    private void thought(Answer answer, ThoughtEvent event) {
        watch(answer);
        switch (event) {
            case ThoughtEvent.Next(Action action) -> next(answer, action);
            case ThoughtEvent.Done(Expectation expectation, Memory after) -> done(answer, expectation, after);
            case ThoughtEvent.Failed(String message) -> failed(answer, message);
        }
    }

    private void watch(Answer answer) {
        answer.patience.cancel();
        answer.patience = alarms.after(MIND_LIMIT, () -> {
            if (answer == current || answer == prepared) {
                failed(answer, "no answer for " + MIND_LIMIT.toSeconds() + " s");
            }
        });
    }

    private void next(Answer answer, Action action) {
        answer.silentSoFar = false;
        if (action instanceof Action.Say(String text, boolean interruptible)) {
            if (!text.isBlank()) {
                say(answer, text, interruptible);
            }
        } else {
            completeOpen(answer);
            answer.steps.add(new Step.Perform(action));
        }
        advance();
    }

    private void say(Answer answer, String text, boolean interruptible) {
        Utterance utterance = answer.open;
        if (utterance == null || utterance.interruptible() != interruptible) {
            completeOpen(answer);
            var policy =
                    new InterruptionPolicy(interruptible, agent.turnTaking().holdAfter());
            utterance = new Utterance(policy, agent, parts, voice, mailbox, answer.first == null, mouth::trouble);
            answer.open = utterance;
            answer.steps.add(new Step.Speak(utterance));
            if (answer.first == null) {
                answer.first = utterance;
                answer.firstWordsNanos = parts.time().nanoTime();
            }
        }
        // what is long is spoken sentence by sentence: the playout holds a minute, and a voice is faster than speech
        for (String sentence : text.length() > LONG_TEXT ? SentenceSplitter.sentences(text) : List.of(text)) {
            utterance.say(sentence);
        }
    }

    private static void completeOpen(Answer answer) {
        if (answer.open != null) {
            answer.open.complete();
            answer.open = null;
        }
    }

    private void done(Answer answer, Expectation expectation, Memory after) {
        answer.patience.cancel();
        completeOpen(answer);
        answer.done = true;
        answer.expectation = expectation;
        answer.memoryAfter = after;
        if (answer.committed) {
            memory = after;
            mouth.expect(expectation);
        }
        advance();
    }

    private void failed(Answer answer, String message) {
        answer.thinking.cancel();
        answer.patience.cancel();
        mouth.trouble(Stage.THINKING, message);
        if (answer == prepared) {
            prepared = null; // asked again when the turn is really over
        } else if (answer.silentSoFar) {
            current = null;
            mouth.mindFailed();
        } else {
            done(answer, Expectation.ANYTHING, answer.memoryBefore);
        }
    }

    private void commit(Answer answer, @Nullable TurnTimes times) {
        answer.committed = true;
        answer.times = times;
        if (answer.memoryAfter != null) {
            memory = answer.memoryAfter;
            mouth.expect(answer.expectation);
        }
    }

    /** Does the next step, if nothing is being said. */
    private void advance() {
        Answer answer = current;
        while (answer != null && answer == current && answer.committed && answer.playing == null) {
            Step step = answer.steps.poll();
            switch (step) {
                case null -> {
                    if (answer.done) {
                        closeTurn(answer, false);
                        current = null;
                        mouth.answered();
                    }
                    return;
                }
                case Step.Speak(Utterance utterance) -> {
                    answer.playing = utterance;
                    utterance.release(++generation);
                    parts.observer().on(call, new ConversationEvent.PlaybackStarted(playback(utterance)));
                }
                case Step.Perform(Action action) -> {
                    closeTurn(answer, false);
                    answer.hadEffect = true;
                    mouth.perform(action);
                }
            }
        }
    }

    private void ended(Utterance utterance) {
        parts.observer().on(call, new ConversationEvent.PlaybackEnded(playback(utterance)));
    }

    private String playback(Utterance utterance) {
        return call.id() + "/" + utterance.generation();
    }

    private void hear(String text) {
        if (!text.isBlank()) {
            heard.append(heard.isEmpty() ? "" : " ").append(text);
        }
    }

    private void closeTurn(Answer answer, boolean interrupted) {
        if (!heard.isEmpty()) {
            long since = turnAudibleNanos == 0 ? parts.time().nanoTime() : turnAudibleNanos;
            chronicle.agentSaid(heard.toString(), since, interrupted, answer.latency());
        }
        heard.setLength(0);
        turnAudibleNanos = 0;
    }
}
