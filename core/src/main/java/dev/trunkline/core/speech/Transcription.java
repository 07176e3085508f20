package dev.trunkline.core.speech;

/**
 * The recognition of one caller, for the whole call. Sound comes without pause; the marks of speech help recognisers that
 * work by utterance, and others ignore them. Methods return at once and never throw; {@link #hear} and the marks come from
 * media threads.
 */
public interface Transcription extends AutoCloseable {

    /**
     * Sound in the format of the request. Copies what it needs.
     *
     * @param streamMillis time of its first sample since the stream began
     */
    void hear(byte[] audio, int offset, int length, long streamMillis);

    /** Speech began at that time of the stream, which may lie some hundred milliseconds back. */
    void speechStarted(long streamMillis);

    /** Speech paused at that time: a settled result for all that was said in this turn is wanted now. */
    void speechStopped(long streamMillis);

    /** The turn has been taken: what was said before this moment is done with, and the next hypothesis begins empty. */
    void turnTaken();

    /** Stops; no event follows. */
    @Override
    void close();
}
