package dev.trunkline.sound;

/** How one sample is written down. */
public enum Encoding {
    /** Linear, 16 bits, signed, little-endian. */
    PCM16(2),
    /** Mu-law of ITU-T G.711, 8 bits. */
    MULAW(1),
    /** A-law of ITU-T G.711, 8 bits, even bits inverted as on the wire. */
    ALAW(1);

    private final int bytesPerSample;

    Encoding(int bytesPerSample) {
        this.bytesPerSample = bytesPerSample;
    }

    /** Bytes of one sample of one channel. */
    public int bytesPerSample() {
        return bytesPerSample;
    }
}
