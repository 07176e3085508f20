package dev.trunkline.caller.sound;

/** How much later the same sound comes back. Stateless. */
public final class Delay {

    private static final int STEP = 40;

    private Delay() {}

    /**
     * The delay of {@code heard} behind {@code said}, in samples, by the best normalised correlation of their envelopes (5 ms
     * steps).
     *
     * @param maxSamples the longest delay to look for
     * @return the delay, or -1 if the two have nothing in common (a correlation below 0.5)
     */
    public static int between(short[] said, short[] heard, int maxSamples) {
        double[] a = envelope(said);
        double[] b = envelope(heard);
        double best = 0.5;
        int found = -1;
        for (int lag = 0; lag <= maxSamples / STEP; lag++) {
            int n = Math.min(a.length, b.length - lag);
            if (n < 10) {
                break;
            }
            double value = correlation(a, b, lag, n);
            if (value > best) {
                best = value;
                found = lag;
            }
        }
        return found < 0 ? -1 : found * STEP;
    }

    private static double correlation(double[] a, double[] b, int lag, int n) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < n; i++) {
            meanA += a[i];
            meanB += b[i + lag];
        }
        meanA /= n;
        meanB /= n;
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < n; i++) {
            double x = a[i] - meanA;
            double y = b[i + lag] - meanB;
            product += x * y;
            squareA += x * x;
            squareB += y * y;
        }
        return squareA == 0 || squareB == 0 ? 0 : product / Math.sqrt(squareA * squareB);
    }

    private static double[] envelope(short[] pcm) {
        double[] out = new double[pcm.length / STEP];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(-60, Level.dbfs(pcm, i * STEP, STEP));
        }
        return out;
    }
}
