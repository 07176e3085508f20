package dev.trunkline.core.line;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;

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

    /** The far side has taken our {@link Leg#hold}. */
    record HoldTaken(long nanos) implements LegEvent {}

    /** The far side is back from our hold. */
    record HoldEnded(long nanos) implements LegEvent {}

    /** The far side has refused to be held or taken back; everything is as before. */
    record HoldRefused(long nanos, String detail) implements LegEvent {}

    /**
     * The far side is on its way to whom we have sent it.
     *
     * @param ringing whether it rings there
     */
    record TransferProgress(long nanos, boolean ringing) implements LegEvent {}

    /** The far side talks with whom we have sent it to; {@link Ended} follows. */
    record Transferred(long nanos) implements LegEvent {}

    /**
     * A transfer did not come about; the call goes on as before.
     *
     * @param failure in the words that all channels share
     * @param detail what the far side or the network said of it, for the log; may be empty
     */
    record TransferRefused(long nanos, TransferFailure failure, String detail) implements LegEvent {}

    /**
     * Somebody else has taken the far side's place: another telephone picked the call up, or the far side has sent us to
     * somebody and went. The voice goes on with the new far side.
     *
     * @param id the leg's name from now on, see {@link Leg#id}
     * @param farSide who it is now
     */
    record Replaced(long nanos, String id, Party farSide) implements LegEvent {}

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
