package dev.trunkline.media.codec;

import java.util.Arrays;

/**
 * What encoder and decoder of G.722 both keep of one sub-band: the step of its quantiser, and the predictor with two poles
 * and six zeros. The names of the steps are those of the Recommendation (clause 6.2); all is of 16 bits that saturate.
 */
final class G722Band {

    private static final int ZEROS = 6;

    /** 2^(n/32) from 2048 on: the logarithmic step made linear (table 6-15, ILB). */
    private static final int[] ANTILOG = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834, 2896, 2960,
        3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int firstStep;
    private final int mostLogStep;
    private final int scale;

    /** The quantiser's step, and its logarithm. */
    private int step;

    private int logStep;

    /** The prediction of the next sample, and the zeros' part of it. */
    private int predicted;

    private int zeroPart;

    private int pole1;
    private int pole2;
    private final int[] zeros = new int[ZEROS];

    private int reconstructed1;
    private int partial1;
    private int partial2;
    private final int[] differences = new int[ZEROS];

    private G722Band(int firstStep, int mostLogStep, int scale) {
        this.firstStep = firstStep;
        this.mostLogStep = mostLogStep;
        this.scale = scale;
        this.step = firstStep;
    }

    static G722Band lower() {
        return new G722Band(32, 18_432, 8);
    }

    static G722Band higher() {
        return new G722Band(8, 22_528, 10);
    }

    int step() {
        return step;
    }

    int predicted() {
        return predicted;
    }

    void reset() {
        step = firstStep;
        logStep = 0;
        predicted = 0;
        zeroPart = 0;
        pole1 = 0;
        pole2 = 0;
        Arrays.fill(zeros, 0);
        reconstructed1 = 0;
        partial1 = 0;
        partial2 = 0;
        Arrays.fill(differences, 0);
    }

    /** LOGSC and SCALE: the step follows the codes. */
    void adaptStep(int weight) {
        int log = (logStep * 127 >> 7) + weight;
        log = log < 0 ? 0 : Math.min(log, mostLogStep);
        logStep = log;
        int shift = scale - (log >> 11);
        int mantissa = ANTILOG[log >> 6 & 31];
        step = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }

    /** The predictor learns from the difference that was quantised, and predicts the next sample. */
    void predict(int difference) {
        int reconstructed = saturate(predicted + difference);
        int partial = saturate(zeroPart + difference);
        boolean likeFirst = partial < 0 == partial1 < 0;
        boolean likeSecond = partial < 0 == partial2 < 0;

        // UPPOL2
        int slope = saturate(pole1 << 2);
        slope = likeFirst ? Math.min(-slope, Short.MAX_VALUE) : slope;
        int second = (slope >> 7) + (likeSecond ? 128 : -128) + (pole2 * 32_512 >> 15);
        second = Math.max(-12_288, Math.min(12_288, second));

        // UPPOL1
        int first = saturate((likeFirst ? 192 : -192) + (pole1 * 32_640 >> 15));
        int bound = saturate(15_360 - second);
        first = Math.max(-bound, Math.min(bound, first));

        // UPZERO, and FILTEZ with what comes of it
        int gain = difference == 0 ? 0 : 128;
        int sum = 0;
        int next = difference;
        for (int i = 0; i < ZEROS; i++) {
            int old = differences[i];
            int towards = old < 0 == difference < 0 ? gain : -gain;
            int zero = saturate(towards + (zeros[i] * 32_640 >> 15));
            zeros[i] = zero;
            differences[i] = next;
            sum += zero * saturate(next << 1) >> 15;
            next = old;
        }
        zeroPart = saturate(sum);

        // FILTEP and PREDIC
        int poles =
                saturate((first * saturate(reconstructed << 1) >> 15) + (second * saturate(reconstructed1 << 1) >> 15));
        predicted = saturate(poles + zeroPart);

        pole1 = first;
        pole2 = second;
        reconstructed1 = reconstructed;
        partial2 = partial1;
        partial1 = partial;
    }

    static int saturate(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}
