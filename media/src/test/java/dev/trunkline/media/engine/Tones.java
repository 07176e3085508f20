package dev.trunkline.media.engine;

/** Sound that can be told apart. */
final class Tones {

    private Tones() {}

    static short[] tone(double hertz, int samples, long from) {
        return tone(hertz, samples, from, 8_000);
    }

    static short[] tone(double hertz, int samples, long from, int rate) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * (from + i) / rate));
        }
        return out;
    }

    /** How much of the samples' energy is at that frequency, 0 to 1 (Goertzel). */
    static double share(short[] samples, double hertz) {
        return share(samples, hertz, 8_000);
    }

    static double share(short[] samples, double hertz, int rate) {
        double w = 2 * Math.PI * hertz / rate;
        double coefficient = 2 * Math.cos(w);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        for (short sample : samples) {
            double s0 = sample + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
            energy += (double) sample * sample;
        }
        double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
        return energy == 0 ? 0 : 2 * power / (samples.length * energy);
    }
}
