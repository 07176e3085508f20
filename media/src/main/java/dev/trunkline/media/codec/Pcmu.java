package dev.trunkline.media.codec;

import java.util.Objects;

/** G.711 mu-law: 8 kHz, one byte a sample. Stateless. */
public final class Pcmu implements Codec {

    static final String NAME = "PCMU";
    static final int PAYLOAD_TYPE = 0;

    private final int payloadType;

    /** With the static payload type. */
    public Pcmu() {
        this(PAYLOAD_TYPE);
    }

    Pcmu(int payloadType) {
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
        return 8_000;
    }

    @Override
    public int sampleRate() {
        return 8_000;
    }

    @Override
    public int clockUnits(byte[] src, int off, int len) {
        return len;
    }

    @Override
    public int decode(byte[] src, int off, int len, short[] out, int outOff) {
        Objects.checkFromIndexSize(off, len, src.length);
        Objects.checkFromIndexSize(outOff, len, out.length);
        G711.mulawToLinear(src, off, len, out, outOff);
        return len;
    }

    @Override
    public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        Objects.checkFromIndexSize(outOff, samples, out.length);
        G711.linearToMulaw(pcm, off, samples, out, outOff);
        return samples;
    }
}
