package dev.trunkline.models.mary;

/**
 * Brings what the vocoder makes to the level of a telephone: active speech at about -20 dBFS, peaks below full scale. The voice
 * itself differs by ten decibels from one sentence to the next; most of that is taken out, part by part, with a gain that
 * glides from one part to the next. Used by one thread, for one utterance.
 */
final class Loudness {

    private static final double FULL_SCALE = 32_768;
    private static final double TARGET_DB = -20;

    /** What is more than that below the target is no active speech. */
    private static final double INACTIVE_BELOW_DB = 22;

    /** Some of the difference is the melody of the sentence, which stays. */
    private static final double TAKEN_OUT = 0.8;

    private static final double MOST_DB = 10;
    private static final int WINDOW = 960;

    /** The gain glides over that many samples (40 ms). */
    private static final int GLIDE = 1_920;

    /** Above that the curve bends, so that nothing clips. */
    private static final double KNEE = 0.6;

    private static final double CEILING = 0.95;

    /** The last of a sound dies away in that many samples (5 ms) before a pause. */
    private static final int RELEASE = 240;

    private boolean begun;
    private double gain = 1;

    /** Levels a part in place, from one index to another; what comes out is in full scale 1. */
    void level(double[] samples, int from, int to) {
        double before = gain;
        double wanted = Math.pow(10, wantedDb(samples, from, to) / 20);
        gain = begun ? Math.sqrt(before * wanted) : wanted;
        before = begun ? before : gain;
        begun = true;
        for (int i = from; i < to; i++) {
            double share = Math.min(1, (double) (i - from) / GLIDE);
            samples[i] = bend(samples[i] / FULL_SCALE * (before + (gain - before) * share));
        }
    }

    private static double wantedDb(double[] samples, int from, int to) {
        double sum = 0;
        int active = 0;
        for (int at = from; at < to; at += WINDOW) {
            int end = Math.min(to, at + WINDOW);
            double energy = 0;
            for (int i = at; i < end; i++) {
                energy += samples[i] * samples[i];
            }
            energy /= (end - at) * FULL_SCALE * FULL_SCALE;
            if (10 * Math.log10(energy + 1e-12) > TARGET_DB - INACTIVE_BELOW_DB) {
                sum += energy;
                active++;
            }
        }
        if (active == 0) {
            return 0;
        }
        double level = 10 * Math.log10(sum / active);
        return Math.clamp((TARGET_DB - level) * TAKEN_OUT, -MOST_DB, MOST_DB);
    }

    private static double bend(double x) {
        double magnitude = Math.abs(x);
        if (magnitude <= KNEE) {
            return x;
        }
        return Math.copySign(KNEE + (CEILING - KNEE) * Math.tanh((magnitude - KNEE) / (CEILING - KNEE)), x);
    }

    /** Samples of full scale 1 in 16 bits. */
    static short[] toPcm(double[] samples, int from, int to) {
        short[] pcm = new short[to - from];
        for (int i = from; i < to; i++) {
            pcm[i - from] = (short) Math.round(samples[i] * 32_767);
        }
        return pcm;
    }

    /** Makes a pause silent, after the sound before it has died away. */
    static void silence(double[] samples, int from, int to) {
        for (int i = from; i < to; i++) {
            int after = i - from;
            samples[i] *= after < RELEASE ? 1 - (double) after / RELEASE : 0;
        }
    }
}
