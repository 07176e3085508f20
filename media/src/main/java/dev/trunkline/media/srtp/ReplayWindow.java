package dev.trunkline.media.srtp;

/** Which of the last 64 indices have been seen (RFC 3711, 3.3.2). For one thread. */
final class ReplayWindow {

    private static final int SIZE = 64;

    private long highest = -1;
    private long seen;

    /** The highest index noted, -1 before the first. */
    long highest() {
        return highest;
    }

    /** True if the index has been seen or is too old to know. */
    boolean isOld(long index) {
        long back = highest - index;
        return back >= SIZE || back >= 0 && (seen & 1L << back) != 0;
    }

    /** Notes an index that was authentic. */
    void note(long index) {
        if (index > highest) {
            long shift = index - highest;
            seen = highest < 0 || shift >= SIZE ? 1 : seen << shift | 1;
            highest = index;
        } else if (highest - index < SIZE) {
            seen |= 1L << highest - index;
        }
    }
}
