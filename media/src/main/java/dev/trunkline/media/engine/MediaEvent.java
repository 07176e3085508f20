package dev.trunkline.media.engine;

import dev.trunkline.media.playout.PlaybackPosition;
import java.net.InetSocketAddress;

/**
 * Something that happened on a session. Speech events come from the voice-activity thread, all others from the session's
 * media thread: within one of the two the order is that of the happenings, between them {@link #nanoTime()} decides.
 */
public sealed interface MediaEvent {

    /** {@link System#nanoTime()} of the happening. */
    long nanoTime();

    /**
     * The first packet that belongs to the session has come.
     *
     * @param source where it came from
     */
    record FirstPacket(long nanoTime, InetSocketAddress source) implements MediaEvent {}

    /**
     * The caller speaks.
     *
     * @param nanoTime when this was decided
     * @param streamMillis where in the heard stream the speech began, in ms since the first packet; before the decision
     */
    record SpeechStarted(long nanoTime, long streamMillis) implements MediaEvent {}

    /**
     * The caller has stopped speaking. Whether the turn is over is not said by this.
     *
     * @param nanoTime when this was decided
     * @param streamMillis where in the heard stream the speech ended, in ms since the first packet
     * @param lastSpeechNanoTime arrival of the packet that held the last speech
     */
    record SpeechStopped(long nanoTime, long streamMillis, long lastSpeechNanoTime) implements MediaEvent {}

    /** The first frame of an utterance that is not digital silence has been sent. */
    record PlaybackStarted(long nanoTime, long generation) implements MediaEvent {}

    /** The utterance that sounds was paused, by the caller's speech or by a call of hold. */
    record PlaybackHeld(long nanoTime, PlaybackPosition position) implements MediaEvent {}

    /** The last sample of a finished utterance has been sent. */
    record PlaybackFinished(long nanoTime, long generation, PlaybackPosition position) implements MediaEvent {}

    /** A commit threw away an utterance of which something had been sent; the position is final. */
    record PlaybackCleared(long nanoTime, PlaybackPosition position) implements MediaEvent {}

    /**
     * The caller pressed a key, and has let it go.
     *
     * @param digit 0 to 9, *, #, A to D
     * @param durationMs how long, as far as known
     * @param tone whether it was heard as a tone in the sound; else it came as a telephone-event (RFC 4733)
     */
    record DigitPressed(long nanoTime, char digit, int durationMs, boolean tone) implements MediaEvent {}

    /** Nothing has come for the configured time although it should; said once until packets come again. */
    record MediaTimedOut(long nanoTime) implements MediaEvent {}

    /** The peer's packets come from another address or with another SSRC than before, and are accepted. */
    record SourceChanged(long nanoTime, InetSocketAddress source, int ssrc) implements MediaEvent {}

    /** The session was closed because its processing failed; the log has the reason. */
    record MediaFailed(long nanoTime, String reason) implements MediaEvent {}
}
