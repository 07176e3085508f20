package dev.trunkline.media.codec;

import java.util.Arrays;

/** The decoder of G.722: each byte's two codes become two bands, and these two samples. */
final class G722Decoder {

    private static final int BLOCK = 160;
    private static final int HISTORY = G722Tables.MIRROR_TAPS - 2;
    private static final int LIMIT = 16_384;

    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();
    private final int[] bands = new int[HISTORY + 2 * BLOCK];

    /** Decodes so many bytes to twice as many samples. */
    void decode(byte[] src, int off, int len, short[] out, int outOff) {
        for (int done = 0; done < len; done += BLOCK) {
            int count = Math.min(BLOCK, len - done);
            for (int i = 0; i < count; i++) {
                int code = src[off + done + i];
                int low = lower(code & 0x3F);
                int high = higher(code >> 6 & 3);
                bands[HISTORY + 2 * i] = low + high;
                bands[HISTORY + 2 * i + 1] = low - high;
            }
            for (int i = 0; i < count; i++) {
                int at = outOff + 2 * (done + i);
                out[at] = (short) G722Band.saturate(G722Tables.mirrorOdd(bands, 2 * i) >> 11);
                out[at + 1] = (short) G722Band.saturate(G722Tables.mirrorEven(bands, 2 * i) >> 11);
            }
            System.arraycopy(bands, 2 * count, bands, 0, HISTORY);
        }
    }

    void reset() {
        lower.reset();
        higher.reset();
        Arrays.fill(bands, 0);
    }

    private int lower(int code) {
        int step = lower.step();
        int sample = limit(lower.predicted() + (step * G722Tables.LOWER_VALUES[code] >> 15));
        int coarse = code >> 2;
        int quantised = step * G722Tables.LOWER_COARSE[coarse] >> 15;
        lower.adaptStep(G722Tables.LOWER_WEIGHTS[coarse]);
        lower.predict(quantised);
        return sample;
    }

    private int higher(int code) {
        int quantised = higher.step() * G722Tables.HIGHER_VALUES[code] >> 15;
        int sample = limit(higher.predicted() + quantised);
        higher.adaptStep(G722Tables.HIGHER_WEIGHTS[code]);
        higher.predict(quantised);
        return sample;
    }

    private static int limit(int value) {
        return Math.max(-LIMIT, Math.min(LIMIT - 1, value));
    }
}
