package dev.trunkline.media.vad;

/**
 * Tells how probable speech is in a window of sound. One instance serves many streams; it is used by one thread at a
 * time. What it must remember of a stream is in that stream's memory.
 */
public interface VoiceActivityModel extends AutoCloseable {

    /** What a model remembers of one stream; only the model that made it knows what is inside. */
    interface Memory {}

    /** Samples at 8 kHz in one window. */
    int windowSamples();

    /** How many windows {@link #infer} takes at once, 1 or more. */
    int maxBatch();

    /** The memory of a stream that begins. */
    Memory newMemory();

    /**
     * Judges one window of each of several different streams and brings their memories up to date.
     *
     * @param memories one for each stream
     * @param windows one for each stream, {@link #windowSamples()} long, linear 16-bit at 8 kHz
     * @param probabilities takes the results, 0 to 1
     * @param count how many streams, 1 to {@link #maxBatch()}
     * @throws VoiceActivityException if the model fails; the memories are then as before
     */
    void infer(Memory[] memories, short[][] windows, float[] probabilities, int count);

    @Override
    default void close() {}
}
