package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent.TurnTaking;
import dev.trunkline.core.line.PlaybackPosition;
import dev.trunkline.core.line.Voice;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.time.Timekeeper;
import dev.trunkline.core.time.Timekeeper.Alarm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a voice that media has held because the caller spoke: an interruption, or a false alarm after which
 * the voice goes on from the start of the word it was in. It decides by words where there are any, by the length of the speech
 * where there are none yet, and always within {@link #DECISION_LIMIT}. Conversation's thread.
 */
final class BargeIn {

    /** What it decides. */
    interface Judgement {

        /** The caller has the floor. */
        void interrupted(Duration heldFor);

        /** It was nothing; the voice goes on. */
        void resumed(Duration heldFor);
    }

    /** The longest time that a voice is held without a decision. */
    static final Duration DECISION_LIMIT = Duration.ofMillis(1200);

    /** Characters that are spoken in about a second. */
    private static final int ABOUT_A_SECOND = 16;

    private final TurnTaking settings;
    private final Timekeeper time;
    private final Alarms alarms;
    private final Voice voice;
    private final Judgement judgement;

    private @Nullable PlaybackPosition held;
    private @Nullable Utterance utterance;
    private long heldNanos;
    private Alarm longSpeech = () -> {};
    private Alarm limit = () -> {};

    BargeIn(TurnTaking settings, Timekeeper time, Alarms alarms, Voice voice, Judgement judgement) {
        this.settings = settings;
        this.time = time;
        this.alarms = alarms;
        this.voice = voice;
        this.judgement = judgement;
    }

    /** Whether a decision is due. */
    boolean isOpen() {
        return held != null;
    }

    /** The voice is held. */
    void held(PlaybackPosition position, Utterance speaking, Listening listening) {
        forget();
        held = position;
        utterance = speaking;
        heldNanos = time.nanoTime();
        Duration enough = min(settings.commitAfter(), DECISION_LIMIT);
        longSpeech = alarms.since(listening.speechStartedNanos(), enough, () -> {
            if (listening.isCallerSpeaking()) {
                interrupt();
            }
        });
        limit = alarms.since(heldNanos, DECISION_LIMIT, () -> {
            if (listening.isCallerSpeaking()) {
                interrupt();
            } else {
                resume();
            }
        });
    }

    /**
     * Whether these words, said while the agent speaks, are meant to stop it. A "yes" or "okay" in the middle of a story is
     * not; into the end of it, or into the question that ends it, it is an answer.
     *
     * @param rest what the caller has not heard yet
     */
    static boolean isMeant(String words, Expectation expectation, String rest) {
        if (expectation.kind() != Expectation.Kind.ANYTHING || !Backchannel.is(words)) {
            return true;
        }
        boolean lastSentence = !rest.matches("(?s).*[.!?]\\s.*");
        return lastSentence && (rest.endsWith("?") || rest.length() <= ABOUT_A_SECOND);
    }

    /** The caller has the floor. Does nothing if no decision is due. */
    void interrupt() {
        if (held != null) {
            Duration heldFor = heldFor();
            forget();
            judgement.interrupted(heldFor);
        }
    }

    /** It was nothing. Does nothing if no decision is due. */
    void resume() {
        PlaybackPosition position = held;
        Utterance speaking = utterance;
        if (position != null && speaking != null) {
            Duration heldFor = heldFor();
            forget();
            voice.resume(position.generation(), speaking.ledger().wordStartAt(position.samplesPlayed()));
            judgement.resumed(heldFor);
        }
    }

    /** The voice has gone otherwise; nothing is to be decided. */
    void forget() {
        held = null;
        utterance = null;
        longSpeech.cancel();
        limit.cancel();
    }

    private Duration heldFor() {
        return Duration.ofNanos(time.nanoTime() - heldNanos);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
