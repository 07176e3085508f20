package dev.trunkline.media.codec;

/** The quantisers of G.722 as tables (ITU-T G.722, clause 6.2 and its tables), and the filter that splits the band. */
final class G722Tables {

    /** Decision levels of the lower band for a step of 4096 (Q6). */
    static final int[] LOWER_LEVELS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    /** The code of six bits behind so many decision levels, for differences that are negative (ILN) and not (ILP). */
    static final int[] LOWER_NEGATIVE = new int[LOWER_LEVELS.length + 1];

    static final int[] LOWER_POSITIVE = new int[LOWER_LEVELS.length + 1];

    /** What a code of six bits stands for at a step of 32768 (QM6). */
    static final int[] LOWER_VALUES = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** The same for its upper four bits alone, which the predictor learns from (QM4). */
    static final int[] LOWER_COARSE = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** How the upper four bits change the logarithmic step (WL by RL42). */
    static final int[] LOWER_WEIGHTS = {-60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
    };

    /** The one decision level of the higher band. */
    static final int HIGHER_LEVEL = 564;

    /** What a code of two bits stands for (QM2). */
    static final int[] HIGHER_VALUES = {-7408, -1616, 7408, 1616};

    /** How it changes the logarithmic step (WH by RH2). */
    static final int[] HIGHER_WEIGHTS = {798, -214, 798, -214};

    private static final int[] MIRROR = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    static final int MIRROR_TAPS = 2 * MIRROR.length;

    static {
        // the two smallest negative differences have the codes at the top of the negative half
        LOWER_NEGATIVE[0] = 63;
        LOWER_NEGATIVE[1] = 62;
        LOWER_POSITIVE[0] = 61;
        LOWER_POSITIVE[1] = 60;
        for (int i = 2; i <= LOWER_LEVELS.length; i++) {
            LOWER_NEGATIVE[i] = 33 - i;
            LOWER_POSITIVE[i] = 61 - i;
        }
    }

    private G722Tables() {}

    /** The quadrature mirror filter over 24 values, of every second one from the first on. */
    static int mirrorEven(int[] x, int from) {
        int sum = 0;
        for (int i = 0; i < MIRROR.length; i++) {
            sum += x[from + 2 * i] * MIRROR[i];
        }
        return sum;
    }

    /** The same of every second one from the second on, with the coefficients the other way round. */
    static int mirrorOdd(int[] x, int from) {
        int sum = 0;
        for (int i = 0; i < MIRROR.length; i++) {
            sum += x[from + 2 * i + 1] * MIRROR[MIRROR.length - 1 - i];
        }
        return sum;
    }
}
