package dev.trunkline.media.resample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The coefficients of one ratio: a sinc under a Kaiser window, cut into one phase for each position between two input
 * samples. Fixed point, so that the inner loop is a sum of integer products, which the JIT turns into vector code (a sum
 * of floats it may not reorder). Every phase sums to exactly one, so that a constant stays constant.
 *
 * @param up output samples for {@code down} input samples, in lowest terms
 * @param down see {@code up}
 * @param half taps before and after the position
 * @param inverse what a sum of products is multiplied by to be a sample, {@value #INVERSE_BITS} bits of fraction
 * @param taps {@code up} rows of {@code 2 * half} coefficients
 */
record SincTable(int up, int down, int half, long inverse, int[] taps) {

    /** Zero crossings on each side, at the lower of the two rates. */
    static final int CROSSINGS = 28;

    /** Stop band of some 70 dB; with that many crossings the transition is 0.077 of the lower rate wide. */
    private static final double BETA = 6.76;

    /** The middle of the transition; it ends at half the lower rate, so that nothing folds back. */
    private static final double CUTOFF = 0.5 - 0.077 / 2;

    private static final int MAX_COEFFICIENTS = 1 << 20;

    /** Coefficients are as large as 32 bits allow for the loudest input. */
    private static final double HEADROOM = 0.99;

    /** Fractional bits of {@code inverse}. */
    static final int INVERSE_BITS = 46;

    private static final ConcurrentMap<Long, SincTable> SHARED = new ConcurrentHashMap<>();

    /** The one table of that ratio. */
    static SincTable of(int inRate, int outRate) {
        int gcd = gcd(inRate, outRate);
        int up = outRate / gcd;
        int down = inRate / gcd;
        return SHARED.computeIfAbsent(((long) up << 32) | down, ratio -> design(up, down));
    }

    private static SincTable design(int up, int down) {
        double scale = Math.min(1.0, (double) up / down);
        int half = (int) Math.ceil(CROSSINGS / scale);
        if ((long) up * 2 * half > MAX_COEFFICIENTS) {
            throw new IllegalArgumentException("no resampling by " + up + "/" + down);
        }
        double[] exact = new double[up * 2 * half];
        double largest = 0;
        for (int phase = 0; phase < up; phase++) {
            double sum = 0;
            int row = phase * 2 * half;
            for (int k = 0; k < 2 * half; k++) {
                double t = (k - half + 1 - (double) phase / up) * scale;
                exact[row + k] = sinc(2 * CUTOFF * t) * kaiser(t / CROSSINGS);
                sum += exact[row + k];
            }
            double magnitude = 0;
            for (int k = 0; k < 2 * half; k++) {
                exact[row + k] /= sum;
                magnitude += Math.abs(exact[row + k]);
            }
            largest = Math.max(largest, magnitude);
        }
        int one = (int) (HEADROOM * Integer.MAX_VALUE / 32_768 / largest);
        int[] taps = new int[exact.length];
        for (int phase = 0; phase < up; phase++) {
            quantise(exact, taps, phase * 2 * half, 2 * half, one);
        }
        return new SincTable(up, down, half, Math.round((double) (1L << INVERSE_BITS) / one), taps);
    }

    /** Rounds down, then up where the most is missing, until the row sums to one. */
    private static void quantise(double[] exact, int[] taps, int row, int length, int one) {
        Integer[] byRemainder = new Integer[length];
        int missing = one;
        for (int k = 0; k < length; k++) {
            taps[row + k] = (int) Math.floor(exact[row + k] * one);
            missing -= taps[row + k];
            byRemainder[k] = row + k;
        }
        Arrays.sort(byRemainder, Comparator.comparingDouble(k -> taps[k] - exact[k] * one));
        for (int k = 0; k < missing; k++) {
            taps[byRemainder[k]]++;
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** The modified Bessel function of the first kind and order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= (x / 2 / k) * (x / 2 / k);
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
