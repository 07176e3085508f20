package dev.trunkline.media.codec;

/**
 * One direction pair of a voice codec for one stream. Codecs may keep state from packet to packet, so every stream has
 * an instance of its own and uses it from one thread at a time, decoding and encoding in any order. Nothing is allocated
 * per packet; what a codec needs beside its own object (native memory) it takes at its first use and gives back in
 * {@link #close}.
 */
public interface Codec extends AutoCloseable {

    /** The encoding name of SDP, for example {@code PCMU}. */
    String name();

    /** The RTP payload type that was agreed on, 0 to 127. */
    int payloadType();

    /** The rate of the RTP timestamps in Hz. */
    int clockRate();

    /** The rate of the samples in Hz; not always the clock rate (G.722, Opus). */
    int sampleRate();

    /** How much sound a payload holds, in units of the clock; 0 if it can't be told, for it is none of this codec. */
    int clockUnits(byte[] src, int off, int len);

    /** Whether {@link #encode} makes one payload of that much sound; 20 ms it always does. */
    default boolean packs(int millis) {
        return true;
    }

    /**
     * Turns one payload into linear samples, at most 120 ms of them where the payload says how long it is.
     *
     * @return samples written; 0 if the payload is none of this codec
     * @throws IndexOutOfBoundsException if a range lies outside its array
     */
    int decode(byte[] src, int off, int len, short[] out, int outOff);

    /**
     * Turns linear samples into one payload.
     *
     * @return bytes written
     * @throws IndexOutOfBoundsException if a range lies outside its array
     */
    int encode(short[] pcm, int off, int samples, byte[] out, int outOff);

    /**
     * Sound that was lost right before a payload that is to be decoded next: what that payload repeats of it, and the
     * rest made up out of what came before.
     *
     * @param samples how many were lost
     * @return samples written, up to as many; 0 if this codec knows no better than anybody
     */
    default int recover(byte[] next, int off, int len, short[] out, int outOff, int samples) {
        return 0;
    }

    /** What comes to be decoded does not go on from what came before: another source. */
    default void reset() {}

    /** Gives back what the garbage collector does not; afterwards the codec is not used any more. */
    @Override
    default void close() {}
}
