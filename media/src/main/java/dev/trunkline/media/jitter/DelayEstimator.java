package dev.trunkline.media.jitter;

/**
 * Learns how much later than the fastest packets the slow ones come. The fastest is the minimum over the last ten
 * seconds or so, which also follows a drifting clock; the spread is a histogram that forgets, and its 97th percentile is
 * the delay that lets nearly all packets arrive in time.
 */
final class DelayEstimator {

    private static final int BIN_MILLIS = 5;
    private static final int BINS = 128;
    private static final float FORGET = 0.995f;
    private static final float PERCENTILE = 0.97f;

    private final long unitsPerBin;
    private final long epochUnits;
    private final float[] histogram = new float[BINS];
    private float total;
    private long spread;
    private boolean known;
    private long epochStart;
    private long fastestBefore;
    private long fastestNow;

    DelayEstimator(int sampleRate) {
        unitsPerBin = sampleRate / 1_000L * BIN_MILLIS;
        epochUnits = sampleRate * 5L;
    }

    /** A packet with that media position came at that time, both in samples. */
    void observe(long position, long arrival) {
        long transit = arrival - position;
        if (!known) {
            known = true;
            epochStart = arrival;
            fastestBefore = transit;
            fastestNow = transit;
        }
        if (arrival - epochStart >= epochUnits) {
            epochStart = arrival;
            fastestBefore = fastestNow;
            fastestNow = transit;
        }
        fastestNow = Math.min(fastestNow, transit);
        int bin = (int) Math.min(BINS - 1, (transit - fastest()) / unitsPerBin);
        for (int i = 0; i < BINS; i++) {
            histogram[i] *= FORGET;
        }
        histogram[bin] += 1f;
        total = total * FORGET + 1f;
        spread = percentile();
    }

    /** The transit of the fastest packets, in samples. */
    long fastest() {
        return Math.min(fastestBefore, fastestNow);
    }

    /** How much later the slow ones come, in samples. */
    long spread() {
        return spread;
    }

    private long percentile() {
        float sum = 0;
        float limit = total * PERCENTILE;
        for (int i = 0; i < BINS; i++) {
            sum += histogram[i];
            if (sum >= limit) {
                return i == 0 ? 0 : (i + 1) * unitsPerBin;
            }
        }
        return BINS * unitsPerBin;
    }

    /** A new source has another zero of time, but comes by the same way: what was learned of its spread stays. */
    void rebase() {
        known = false;
    }
}
