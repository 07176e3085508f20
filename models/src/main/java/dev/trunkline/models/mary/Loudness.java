package dev.trunkline.models.mary;

/** Brings the vocoder's samples to the level of a telephone: active speech at about -20 dBFS, peaks below full scale. */
final class Loudness {

    /** From the vocoder's scale to full scale 1, measured over forty sentences. */
    private static final double GAIN = 1.0 / 32_768;

    /** Above that the curve bends, so that nothing clips. */
    private static final double KNEE = 0.6;

    /** The last of a sound dies away in that many samples (5 ms) before a pause. */
    private static final int RELEASE = 240;

    private Loudness() {}

    static short[] level(double[] samples, int from, int to) {
        short[] levelled = new short[to - from];
        for (int i = from; i < to; i++) {
            double x = samples[i] * GAIN;
            double magnitude = Math.abs(x);
            if (magnitude > KNEE) {
                magnitude = KNEE + (0.95 - KNEE) * Math.tanh((magnitude - KNEE) / (0.95 - KNEE));
            }
            levelled[i - from] = (short) Math.round(Math.copySign(magnitude, x) * 32_767);
        }
        return levelled;
    }

    /** Makes a pause silent, after the sound before it has died away. */
    static void silence(double[] samples, int from, int to) {
        for (int i = from; i < to; i++) {
            int after = i - from;
            samples[i] *= after < RELEASE ? 1 - (double) after / RELEASE : 0;
        }
    }
}
