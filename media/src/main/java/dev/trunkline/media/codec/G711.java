package dev.trunkline.media.codec;

/**
 * The two laws of ITU-T G.711, by table. Linear samples are 16 bits wide; mu-law looks at the upper 14 of them and A-law
 * at the upper 12, and a sample that lies exactly on a decision value goes where the ITU's reference software (G.191)
 * puts it. Stateless, for all threads.
 */
public final class G711 {

    /** Mu-law byte of silence. */
    public static final byte MULAW_SILENCE = (byte) 0xFF;

    /** A-law byte of silence. */
    public static final byte ALAW_SILENCE = (byte) 0xD5;

    private static final short[] MULAW_TO_LINEAR = new short[256];
    private static final short[] ALAW_TO_LINEAR = new short[256];
    private static final byte[] LINEAR_TO_MULAW = new byte[1 << 14];
    private static final byte[] LINEAR_TO_ALAW = new byte[1 << 12];
    private static final byte[] MULAW_TO_ALAW = new byte[256];
    private static final byte[] ALAW_TO_MULAW = new byte[256];

    static {
        for (int code = 0; code < 256; code++) {
            MULAW_TO_LINEAR[code] = expandMulaw(code);
            ALAW_TO_LINEAR[code] = expandAlaw(code);
        }
        for (int i = 0; i < LINEAR_TO_MULAW.length; i++) {
            LINEAR_TO_MULAW[i] = compressMulaw((short) (i << 2) >> 2);
        }
        for (int i = 0; i < LINEAR_TO_ALAW.length; i++) {
            LINEAR_TO_ALAW[i] = compressAlaw((short) (i << 4) >> 4);
        }
        for (int code = 0; code < 256; code++) {
            MULAW_TO_ALAW[code] = linearToAlaw(MULAW_TO_LINEAR[code]);
            ALAW_TO_MULAW[code] = linearToMulaw(ALAW_TO_LINEAR[code]);
        }
    }

    private G711() {}

    /** The linear value of a mu-law byte, within +-32124. */
    public static short mulawToLinear(byte code) {
        return MULAW_TO_LINEAR[code & 0xFF];
    }

    /** The linear value of an A-law byte, within +-32256. */
    public static short alawToLinear(byte code) {
        return ALAW_TO_LINEAR[code & 0xFF];
    }

    /** The mu-law byte of a linear value. */
    public static byte linearToMulaw(short sample) {
        return LINEAR_TO_MULAW[(sample & 0xFFFF) >>> 2];
    }

    /** The A-law byte of a linear value. */
    public static byte linearToAlaw(short sample) {
        return LINEAR_TO_ALAW[(sample & 0xFFFF) >>> 4];
    }

    /** Mu-law bytes to linear samples. */
    public static void mulawToLinear(byte[] src, int off, int len, short[] out, int outOff) {
        for (int i = 0; i < len; i++) {
            out[outOff + i] = MULAW_TO_LINEAR[src[off + i] & 0xFF];
        }
    }

    /** A-law bytes to linear samples. */
    public static void alawToLinear(byte[] src, int off, int len, short[] out, int outOff) {
        for (int i = 0; i < len; i++) {
            out[outOff + i] = ALAW_TO_LINEAR[src[off + i] & 0xFF];
        }
    }

    /** Linear samples to mu-law bytes. */
    public static void linearToMulaw(short[] pcm, int off, int samples, byte[] out, int outOff) {
        for (int i = 0; i < samples; i++) {
            out[outOff + i] = LINEAR_TO_MULAW[(pcm[off + i] & 0xFFFF) >>> 2];
        }
    }

    /** Linear samples to A-law bytes. */
    public static void linearToAlaw(short[] pcm, int off, int samples, byte[] out, int outOff) {
        for (int i = 0; i < samples; i++) {
            out[outOff + i] = LINEAR_TO_ALAW[(pcm[off + i] & 0xFFFF) >>> 4];
        }
    }

    /** From one law to the other by way of the linear value; source and target may be the same array. */
    public static void mulawToAlaw(byte[] src, int off, int len, byte[] out, int outOff) {
        for (int i = 0; i < len; i++) {
            out[outOff + i] = MULAW_TO_ALAW[src[off + i] & 0xFF];
        }
    }

    /** From one law to the other by way of the linear value; source and target may be the same array. */
    public static void alawToMulaw(byte[] src, int off, int len, byte[] out, int outOff) {
        for (int i = 0; i < len; i++) {
            out[outOff + i] = ALAW_TO_MULAW[src[off + i] & 0xFF];
        }
    }

    private static short expandMulaw(int code) {
        int inverted = ~code & 0xFF;
        int segment = (inverted >> 4) & 0x07;
        int magnitude = ((((inverted & 0x0F) << 3) + 132) << segment) - 132;
        return (short) ((inverted & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short expandAlaw(int code) {
        int plain = code ^ 0x55;
        int segment = (plain >> 4) & 0x07;
        int magnitude = ((plain & 0x0F) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 256) << (segment - 1);
        }
        return (short) ((plain & 0x80) != 0 ? magnitude : -magnitude);
    }

    /** A 14-bit value; the bias of 33 makes every segment begin at a power of two. */
    private static byte compressMulaw(int value) {
        int biased = Math.min((value < 0 ? ~value : value) + 33, 0x1FFF);
        int segment = 26 - Integer.numberOfLeadingZeros(biased);
        int code = (segment << 4) | ((biased >> (segment + 1)) & 0x0F);
        return (byte) (~code & (value < 0 ? 0x7F : 0xFF));
    }

    /** A 12-bit value. */
    private static byte compressAlaw(int value) {
        int magnitude = value < 0 ? ~value : value;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int code = (segment << 4) | ((segment == 0 ? magnitude : magnitude >> (segment - 1)) & 0x0F);
        return (byte) ((code | (value < 0 ? 0 : 0x80)) ^ 0x55);
    }
}
