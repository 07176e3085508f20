package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent.TurnTaking;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.speech.TranscriptEvent.Hypothesis;
import dev.trunkline.core.time.Timekeeper;
import dev.trunkline.core.time.Timekeeper.Alarm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a turn: joins the marks of speech with what was recognised, and says when the caller seems to have
 * finished, and when they have. Marks and hypotheses may come in any order, late, doubled, or one without the other. Belongs
 * to the conversation's thread.
 */
final class Listening {

    /** What it tells. */
    interface Ears {

        /** The caller begins to speak, or goes on. */
        void callerSpeaks();

        /** These are the caller's words so far, complete up to a pause in which we are. */
        void callerPaused(String text);

        /** They were silent long enough to prepare an answer. */
        void turnLikelyOver(String text);

        /** They have finished. The words are theirs from now on; listening has begun anew. */
        void turnOver(String text, TurnTimes times);

        /** There was sound, but no words in it; listening has begun anew. */
        void noiseOnly();

        /** There was speech, and recognition told nothing of it in time; listening has begun anew. */
        void notUnderstood();
    }

    /**
     * When things happened, by the steady clock.
     *
     * @param startedNanos first speech
     * @param lastSpeechNanos last packet with speech
     * @param settledNanos when the words were known
     * @param enoughNanos when the silence after it was long enough; what comes later is the engine's doing
     * @param overNanos when the turn was found to be over
     */
    record TurnTimes(long startedNanos, long lastSpeechNanos, long settledNanos, long enoughNanos, long overNanos) {}

    /** How long recognition may take after the caller has fallen silent. */
    private static final Duration RECOGNITION_LIMIT = Duration.ofSeconds(6);

    private final TurnTaking settings;
    private final EndOfTurn endOfTurn;
    private final Timekeeper time;
    private final Alarms alarms;
    private final Runnable turnTaken;
    private final Ears ears;

    private Expectation expectation = Expectation.ANYTHING;
    private boolean speaking;
    private boolean heardSpeech;
    private long turnStartedNanos;
    private long speechStartedNanos;
    private long lastSpeechNanos;
    private long pauseMillis = -1;
    private long takenUpToMillis = -1;
    private @Nullable Hypothesis latest;
    private long settledNanos;
    private long enoughNanos;
    private @Nullable Alarm likely;
    private @Nullable Alarm over;
    private @Nullable Alarm limit;

    /**
     * Listens.
     *
     * @param turnTaken tells the recogniser that what was said is done with
     */
    Listening(TurnTaking settings, EndOfTurn endOfTurn, Timekeeper time, Alarms alarms, Runnable turnTaken, Ears ears) {
        this.settings = settings;
        this.endOfTurn = endOfTurn;
        this.time = time;
        this.alarms = alarms;
        this.turnTaken = turnTaken;
        this.ears = ears;
    }

    /** What was asked; sets the patience. */
    void expect(Expectation next) {
        expectation = next;
    }

    /** Whether the caller speaks now. */
    boolean isCallerSpeaking() {
        return speaking;
    }

    /** Whether the caller speaks, or has spoken and it isn't known yet what. */
    boolean isTurnOpen() {
        return speaking || heardSpeech;
    }

    /** When the speech that goes on now began. */
    long speechStartedNanos() {
        return speechStartedNanos;
    }

    /** The words known so far; may be empty. */
    String words() {
        return latest == null ? "" : latest.text().strip();
    }

    void on(LegEvent.SpeechStarted started) {
        cancelAlarms();
        speaking = true;
        speechStartedNanos = started.nanos();
        if (!heardSpeech) {
            heardSpeech = true;
            turnStartedNanos = started.nanos();
        }
        ears.callerSpeaks();
    }

    void on(LegEvent.SpeechStopped stopped) {
        if (!speaking) {
            return; // a second stop, or one for speech from before this turn
        }
        speaking = false;
        pauseMillis = stopped.streamMillis();
        lastSpeechNanos = stopped.lastSpeechNanos();
        limit = alarms.since(lastSpeechNanos, RECOGNITION_LIMIT, this::recognitionIsLate);
        weigh();
    }

    void on(Hypothesis hypothesis) {
        if (hypothesis.upToMillis() <= takenUpToMillis) {
            return; // of a turn that is done with
        }
        latest = hypothesis;
        if (!heardSpeech && hypothesis.settled() && !hypothesis.text().isBlank()) {
            // words without marks of speech: the detector slept, the recogniser did not
            heardSpeech = true;
            turnStartedNanos = time.nanoTime();
            lastSpeechNanos = turnStartedNanos;
            pauseMillis = hypothesis.upToMillis();
        }
        if (isSettled()) {
            settledNanos = time.nanoTime();
            weigh();
        }
    }

    /** Forgets what was said: it was taken otherwise, or is of no interest. */
    void startAnew() {
        cancelAlarms();
        heardSpeech = speaking;
        turnStartedNanos = speechStartedNanos;
        takenUpToMillis = Math.max(takenUpToMillis, Math.max(pauseMillis, latest == null ? -1 : latest.upToMillis()));
        latest = null;
        settledNanos = 0;
        turnTaken.run();
    }

    /** Forgets all, also that somebody speaks: nobody listens for a while. */
    void reset() {
        speaking = false;
        startAnew();
    }

    /** Stops for good. */
    void close() {
        cancelAlarms();
    }

    private boolean isSettled() {
        return latest != null && latest.settled() && !speaking && heardSpeech && latest.upToMillis() >= pauseMillis;
    }

    /** The caller is silent and the words are known: what follows, and when? */
    private void weigh() {
        if (!isSettled()) {
            return;
        }
        cancelAlarms();
        String text = words();
        if (text.isEmpty()) {
            over = alarms.since(lastSpeechNanos, settings.endOfTurnAfter(), () -> {
                startAnew();
                ears.noiseOnly();
            });
            return;
        }
        Duration silence = endOfTurn.silenceAfter(text, expectation, settings);
        enoughNanos = lastSpeechNanos + silence.toNanos();
        over = alarms.since(lastSpeechNanos, silence, this::turnIsOver);
        likely = alarms.since(lastSpeechNanos, settings.speculateAfter(), () -> ears.turnLikelyOver(text));
        ears.callerPaused(text);
    }

    private void turnIsOver() {
        String text = words();
        var times = new TurnTimes(turnStartedNanos, lastSpeechNanos, settledNanos, enoughNanos, time.nanoTime());
        startAnew();
        ears.turnOver(text, times);
    }

    private void recognitionIsLate() {
        String text = words();
        long now = time.nanoTime();
        var times = new TurnTimes(turnStartedNanos, lastSpeechNanos, now, now, now);
        startAnew();
        if (text.isEmpty()) {
            ears.notUnderstood();
        } else {
            ears.turnOver(text, times);
        }
    }

    private void cancelAlarms() {
        for (Alarm alarm : new @Nullable Alarm[] {likely, over, limit}) {
            if (alarm != null) {
                alarm.cancel();
            }
        }
    }
}
