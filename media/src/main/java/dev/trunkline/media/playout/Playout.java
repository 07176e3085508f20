package dev.trunkline.media.playout;

import dev.trunkline.sound.AudioChunk;

/**
 * The producers' side of one call's voice. Utterances have generations, numbers above zero that only grow; they sound
 * one after the other. Samples count at the rate of the session's sound. Barge-in is hold, then {@link #commit} or {@link #resume}: hold pauses and keeps everything, the
 * other two decide what becomes of it.
 *
 * <p>All methods may be called from any thread, never block, and take effect with the next 20 ms frame. Calls of one
 * thread take effect in their order.
 */
public interface Playout {

    /**
     * Opens an utterance. It sounds when the utterances before it are finished.
     *
     * @param generation above every generation begun before and not below the last committed one
     * @param policy when the caller's speech holds it
     * @return false if the generation is too old: nothing happens then, and it is counted
     */
    boolean begin(long generation, InterruptionPolicy policy);

    /**
     * Appends sound to an utterance that was begun and not yet finished.
     *
     * @param chunk one channel at the rate of the session's sound: linear 16-bit, or mu-law or A-law, which goes out as
     *     it is where the line uses the same law
     * @return false if the chunk was refused because the generation is old, unknown or finished, or because the buffer
     *     is full; each is counted
     * @throws IllegalArgumentException if the chunk is not at that rate or not of one channel
     */
    boolean play(long generation, AudioChunk chunk);

    /** Says that nothing more comes for this utterance: when its sound has been sent, it is finished. */
    void finish(long generation);

    /** Pauses this utterance if it is the one that sounds; silence is sent and everything is kept. */
    void hold(long generation);

    /**
     * Goes on after a hold, from an earlier sample of the same utterance if wished.
     *
     * @param generation the utterance that is held; any other is ignored
     * @param fromSample where to go on, in samples from the utterance's beginning; not beyond what was played,
     *     and not further back than what is kept (the last 5 s): beyond either limit the limit is taken
     */
    void resume(long generation, long fromSample);

    /**
     * Throws away every utterance older than that generation, whether it sounds, is held or waits; what arrives later
     * for an older one is refused. Ends a hold.
     */
    void commit(long newGeneration);

    /** What has been sent of the utterance that sounds, or of the last one that did. */
    PlaybackPosition position();

    /** Samples that were accepted and not yet sent. */
    long bufferedSamples();
}
