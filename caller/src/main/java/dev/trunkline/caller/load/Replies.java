package dev.trunkline.caller.load;

import java.util.Arrays;

/** Reply times, all of them; a question without an answer counts as one that took for ever. Used by one thread at a time. */
final class Replies {

    private double[] millis = new double[64];
    private int count;

    /** One reply. */
    void add(long nanos) {
        if (count == millis.length) {
            millis = Arrays.copyOf(millis, count * 2);
        }
        millis[count++] = nanos / 1e6;
    }

    /** All of another. */
    void add(Replies other) {
        double[] both = Arrays.copyOf(millis, count + other.count + 1);
        System.arraycopy(other.millis, 0, both, count, other.count);
        millis = both;
        count += other.count;
    }

    int count() {
        return count;
    }

    /**
     * The time within which that part of the questions was answered; infinite if it was not. NaN if nothing was asked.
     *
     * @param part 0 to 1
     * @param unanswered questions without an answer
     */
    double millisAt(double part, long unanswered) {
        long all = count + unanswered;
        if (all == 0) {
            return Double.NaN;
        }
        long wanted = Math.max(1, (long) Math.ceil(part * all));
        if (wanted > count) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted[(int) wanted - 1];
    }
}
