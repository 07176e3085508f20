package dev.trunkline.caller.wire;

/** How late rounds were, in a histogram of 0.1 ms up to 100 ms. Used by one thread. */
final class Lateness {

    private static final int BUCKETS = 1_000;
    private static final long BUCKET_NANOS = 100_000;

    private final int[] counts = new int[BUCKETS + 1];
    private long rounds;
    private long worst;

    void add(long nanos) {
        long late = Math.max(0, nanos);
        counts[(int) Math.min(BUCKETS, late / BUCKET_NANOS)]++;
        rounds++;
        worst = Math.max(worst, late);
    }

    double p99Millis() {
        long left = rounds / 100;
        for (int i = BUCKETS; i >= 0; i--) {
            left -= counts[i];
            if (left < 0) {
                return i * BUCKET_NANOS / 1e6;
            }
        }
        return 0;
    }

    double maxMillis() {
        return worst / 1e6;
    }
}
