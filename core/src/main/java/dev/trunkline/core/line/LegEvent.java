package dev.trunkline.core.line;

import dev.trunkline.core.call.EndReason;

/** All that a leg can tell. Times are {@link System#nanoTime()} values of the moment meant. */
public sealed interface LegEvent {

    /** When it happened. */
    long nanos();

    /** The far telephone rings (calls that we place). */
    record Ringing(long nanos) implements LegEvent {}

    /** The leg is answered and acknowledged: speech may begin. */
    record Answered(long nanos) implements LegEvent {}

    /** The first valid sound has come. */
    record MediaStarted(long nanos) implements LegEvent {}

    /** The far side has put us on hold. */
    record Held(long nanos) implements LegEvent {}

    /** The far side has taken us back from hold. */
    record Retrieved(long nanos) implements LegEvent {}

    /**
     * The caller began to speak.
     *
     * @param streamMillis where the speech began, in the time of {@link Hearing}
     */
    record SpeechStarted(long nanos, long streamMillis) implements LegEvent {}

    /**
     * The caller fell silent, confirmed by a short hysteresis of the detector.
     *
     * @param streamMillis where the speech ended, in the time of {@link Hearing}
     * @param lastSpeechNanos when the last packet with speech arrived
     */
    record SpeechStopped(long nanos, long streamMillis, long lastSpeechNanos) implements LegEvent {}

    /** A key was pressed: 0-9, *, #, A-D. Reported once, however it was sent. */
    record DigitPressed(long nanos, char digit) implements LegEvent {}

    /** The first audible frame of an utterance has gone out. */
    record PlaybackStarted(long nanos, long generation) implements LegEvent {}

    /** Media has held the voice because the caller speaks. Commit or resume must follow within 1.2 s. */
    record PlaybackHeld(long nanos, PlaybackPosition position) implements LegEvent {}

    /** All of an utterance has gone out. */
    record PlaybackFinished(long nanos, PlaybackPosition position) implements LegEvent {}

    /**
     * The leg is over, by whomever; the last event of a leg.
     *
     * @param reason why
     * @param detail what the far side or the network said of it, for the log; may be empty
     */
    record Ended(long nanos, EndReason reason, String detail) implements LegEvent {}
}
