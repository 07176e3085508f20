package dev.trunkline.media.codec;

/** The encoder of G.722: two samples are split into two bands, and each band's surprise takes 6 and 2 bits. */
final class G722Encoder {

    private static final int BLOCK = 160;
    private static final int HISTORY = G722Tables.MIRROR_TAPS - 2;

    private final G722Band lower = G722Band.lower();
    private final G722Band higher = G722Band.higher();
    private final int[] samples = new int[HISTORY + 2 * BLOCK];

    /** Encodes so many pairs of samples to as many bytes. */
    void encode(short[] pcm, int off, int pairs, byte[] out, int outOff) {
        for (int done = 0; done < pairs; done += BLOCK) {
            int count = Math.min(BLOCK, pairs - done);
            for (int i = 0; i < 2 * count; i++) {
                samples[HISTORY + i] = pcm[off + 2 * done + i];
            }
            for (int i = 0; i < count; i++) {
                int even = G722Tables.mirrorEven(samples, 2 * i);
                int odd = G722Tables.mirrorOdd(samples, 2 * i);
                int low = lower(odd + even >> 14);
                int high = higher(odd - even >> 14);
                out[outOff + done + i] = (byte) (high << 6 | low);
            }
            System.arraycopy(samples, 2 * count, samples, 0, HISTORY);
        }
    }

    private int lower(int sample) {
        int difference = G722Band.saturate(sample - lower.predicted());
        int size = difference < 0 ? ~difference : difference;
        int step = lower.step();
        int[] levels = G722Tables.LOWER_LEVELS;
        int passed = 0;
        while (passed < levels.length && size >= levels[passed] * step >> 12) {
            passed++;
        }
        int code = difference < 0 ? G722Tables.LOWER_NEGATIVE[passed] : G722Tables.LOWER_POSITIVE[passed];
        int coarse = code >> 2;
        int quantised = step * G722Tables.LOWER_COARSE[coarse] >> 15;
        lower.adaptStep(G722Tables.LOWER_WEIGHTS[coarse]);
        lower.predict(quantised);
        return code;
    }

    private int higher(int sample) {
        int difference = G722Band.saturate(sample - higher.predicted());
        int size = difference < 0 ? ~difference : difference;
        int step = higher.step();
        boolean far = size >= G722Tables.HIGHER_LEVEL * step >> 12;
        int code = (difference < 0 ? 0 : 2) + (far ? 0 : 1);
        int quantised = step * G722Tables.HIGHER_VALUES[code] >> 15;
        higher.adaptStep(G722Tables.HIGHER_WEIGHTS[code]);
        higher.predict(quantised);
        return code;
    }
}
