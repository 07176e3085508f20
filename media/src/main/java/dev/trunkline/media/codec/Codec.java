package dev.trunkline.media.codec;

/**
 * One direction pair of a voice codec for one stream. Codecs may keep state from packet to packet, so every stream has
 * an instance of its own and uses it from one thread. Nothing is allocated per packet.
 */
public interface Codec {

    /** The encoding name of SDP, for example {@code PCMU}. */
    String name();

    /** The RTP payload type that was agreed on, 0 to 127. */
    int payloadType();

    /** The rate of the RTP timestamps in Hz. */
    int clockRate();

    /** The rate of the samples in Hz; not always the clock rate (G.722). */
    int sampleRate();

    /**
     * Turns one payload into linear samples.
     *
     * @return samples written
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
}
