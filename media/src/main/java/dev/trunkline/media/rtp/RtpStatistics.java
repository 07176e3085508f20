package dev.trunkline.media.rtp;

import dev.trunkline.media.rtp.SequenceTracker.Arrival;

/**
 * What came of one stream, and how: counts over all its sources, and the interarrival jitter of RFC 3550, section
 * 6.4.1. Used by one thread; readers elsewhere see values that may be a packet old.
 */
public final class RtpStatistics {

    private static final int WINDOW = 128;

    private final SequenceTracker tracker;
    private int clockRate;

    private long received;
    private long duplicate;
    private long late;
    private long rejected;
    private long sources;
    private long expectedBefore;
    private long expectedNow;
    private long uniqueBefore;
    private long uniqueNow;
    private long seenLow;
    private long seenHigh;
    private long windowTop;

    private boolean timed;
    private long lastTransit;
    private long jitterScaled;

    /**
     * @param clockRate rate of the timestamps in Hz
     * @param minSequential packets in a row before a new source counts, see {@link SequenceTracker}
     */
    public RtpStatistics(int clockRate, int minSequential) {
        this.clockRate = clockRate;
        this.tracker = new SequenceTracker(minSequential);
    }

    /** The next packets' timestamps have that rate, in Hz: another codec. */
    public void clockRate(int hertz) {
        if (hertz != clockRate) {
            jitterScaled = jitterScaled * hertz / clockRate;
            clockRate = hertz;
            timed = false;
        }
    }

    /**
     * Counts a packet.
     *
     * @param audio whether the timestamp is that of its sending; telephone events repeat theirs and say nothing about
     *     jitter
     * @return what the sequence number says
     */
    public Arrival onPacket(int ssrc, int seq, int timestamp, boolean audio, long arrivalNanos) {
        Arrival arrival = tracker.update(ssrc, seq);
        if (!arrival.usable()) {
            rejected++;
            return arrival;
        }
        received++;
        switch (arrival) {
            case NEW_SOURCE, RESTARTED -> beginSource();
            default -> place(arrival);
        }
        if (audio) {
            measure(timestamp, arrivalNanos);
        }
        return arrival;
    }

    private void beginSource() {
        sources++;
        expectedBefore += expectedNow;
        uniqueBefore += uniqueNow;
        uniqueNow = 1;
        expectedNow = 1;
        windowTop = tracker.extended();
        seenLow = 1;
        seenHigh = 0;
        timed = false;
    }

    private void place(Arrival arrival) {
        long number = tracker.extended();
        if (number > windowTop) {
            shift(number - windowTop);
            windowTop = number;
            seenLow |= 1;
            uniqueNow++;
        } else {
            long back = windowTop - number;
            if (back < WINDOW && seen((int) back)) {
                duplicate++;
            } else {
                mark(back);
                late++;
                uniqueNow++;
            }
        }
        expectedNow = tracker.expected();
    }

    private boolean seen(int back) {
        return ((back < 64 ? seenLow >>> back : seenHigh >>> (back - 64)) & 1) != 0;
    }

    private void mark(long back) {
        if (back < 64) {
            seenLow |= 1L << back;
        } else if (back < WINDOW) {
            seenHigh |= 1L << (back - 64);
        }
    }

    private void shift(long by) {
        if (by >= WINDOW) {
            seenLow = 0;
            seenHigh = 0;
        } else if (by >= 64) {
            seenHigh = seenLow << (by - 64);
            seenLow = 0;
        } else {
            seenHigh = (seenHigh << by) | (seenLow >>> (64 - by));
            seenLow <<= by;
        }
    }

    private void measure(int timestamp, long arrivalNanos) {
        long arrival = arrivalNanos / 1_000L * clockRate / 1_000_000L;
        long transit = (int) ((int) arrival - timestamp);
        if (timed) {
            long difference = Math.abs((int) (transit - lastTransit));
            jitterScaled += difference - ((jitterScaled + 8) >> 4);
        }
        timed = true;
        lastTransit = transit;
    }

    /** Usable packets, duplicates too. */
    public long received() {
        return received;
    }

    /** Packets that the senders sent and that never came (so far). */
    public long lost() {
        return Math.max(0, expectedBefore + expectedNow - uniqueBefore - uniqueNow);
    }

    /** Packets that came more than once, each further copy. */
    public long duplicate() {
        return duplicate;
    }

    /** Packets that came after one with a higher number, duplicates not counted. */
    public long late() {
        return late;
    }

    /** Packets of a source on probation, or far from the sequence. */
    public long rejected() {
        return rejected;
    }

    /** How many times a source began. */
    public long sources() {
        return sources;
    }

    /** Interarrival jitter in timestamp units, as a receiver report carries it. */
    public long jitterUnits() {
        return jitterScaled >> 4;
    }

    /** Interarrival jitter in milliseconds. */
    public double jitterMillis() {
        return jitterScaled / 16.0 * 1_000 / clockRate;
    }

    /** The sequence numbers of the present source. */
    public SequenceTracker sequence() {
        return tracker;
    }
}
