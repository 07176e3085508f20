package dev.trunkline.media.handover;

import java.util.Arrays;
import java.util.List;

/** How late frames went out, in fixed buckets; one thread records, any thread reads. */
public final class LatenessHistogram {

    /** A frame later than this counts as late, in nanoseconds. */
    public static final long LATE_NANOS = 5_000_000;

    private static final long[] BOUNDS = {1_000_000, 2_000_000, LATE_NANOS, 10_000_000, 20_000_000, 50_000_000};

    private final Counter[] buckets = new Counter[BOUNDS.length + 1];

    /** Empty. */
    public LatenessHistogram() {
        Arrays.setAll(buckets, i -> new Counter());
    }

    /** Records one frame; negative is not late at all. Only for the owning thread. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
    }

    /** Frames up to 1, 2, 5, 10, 20, 50 ms late, and later than that. */
    public List<Long> counts() {
        return Arrays.stream(buckets).map(Counter::get).toList();
    }
}
