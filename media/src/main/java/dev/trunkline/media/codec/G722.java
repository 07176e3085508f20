package dev.trunkline.media.codec;

import java.util.Objects;

/**
 * G.722 at 64 kbit/s (ITU-T G.722, mode 1): 16 kHz, one byte for two samples. Its RTP clock runs at 8 kHz all the same, an
 * old mistake that RFC 3551 keeps, so that a byte is one unit of the clock. Encoder and decoder remember the stream.
 */
public final class G722 implements Codec {

    static final String NAME = "G722";
    static final int PAYLOAD_TYPE = 9;
    static final int CLOCK_RATE = 8_000;
    static final int SAMPLE_RATE = 16_000;

    private final int payloadType;
    private final G722Encoder encoder = new G722Encoder();
    private final G722Decoder decoder = new G722Decoder();

    /** With the static payload type. */
    public G722() {
        this(PAYLOAD_TYPE);
    }

    G722(int payloadType) {
        this.payloadType = payloadType;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int payloadType() {
        return payloadType;
    }

    @Override
    public int clockRate() {
        return CLOCK_RATE;
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int clockUnits(byte[] src, int off, int len) {
        return len;
    }

    @Override
    public int decode(byte[] src, int off, int len, short[] out, int outOff) {
        Objects.checkFromIndexSize(off, len, src.length);
        Objects.checkFromIndexSize(outOff, 2 * len, out.length);
        decoder.decode(src, off, len, out, outOff);
        return 2 * len;
    }

    /** {@inheritDoc} A last single sample is left out. */
    @Override
    public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        Objects.checkFromIndexSize(outOff, samples / 2, out.length);
        encoder.encode(pcm, off, samples / 2, out, outOff);
        return samples / 2;
    }

    @Override
    public void reset() {
        decoder.reset();
    }
}
