package dev.trunkline.caller.load;

/** Times in steps of 0.05 ms up to half a second, with what is beyond in one. Used by one thread at a time. */
final class Histogram {

    private static final long STEP_NANOS = 50_000;
    private static final int STEPS = 10_000;

    private final long[] counts = new long[STEPS + 1];
    private long all;
    private long worst;

    /** Counts one; what is negative is counted as nothing at all. */
    void add(long nanos) {
        long time = Math.max(0, nanos);
        counts[(int) Math.min(STEPS, time / STEP_NANOS)]++;
        all++;
        worst = Math.max(worst, time);
    }

    /** Adds all of another. */
    void add(Histogram other) {
        for (int i = 0; i <= STEPS; i++) {
            counts[i] += other.counts[i];
        }
        all += other.all;
        worst = Math.max(worst, other.worst);
    }

    long count() {
        return all;
    }

    /** The part that is longer than that, 0 to 1. */
    double shareBeyond(long nanos) {
        long beyond = 0;
        for (int i = (int) Math.min(STEPS, nanos / STEP_NANOS); i <= STEPS; i++) {
            beyond += counts[i];
        }
        return all == 0 ? 0 : (double) beyond / all;
    }

    /**
     * The time below which that part lies, in milliseconds, rounded up to a step.
     *
     * @param part 0 to 1
     */
    double millisAt(double part) {
        long wanted = Math.max(1, (long) Math.ceil(part * all));
        long sum = 0;
        for (int i = 0; i < STEPS && all > 0; i++) {
            sum += counts[i];
            if (sum >= wanted) {
                return Math.min((i + 1) * STEP_NANOS, worst) / 1e6;
            }
        }
        return worst / 1e6;
    }

    double worstMillis() {
        return worst / 1e6;
    }
}
