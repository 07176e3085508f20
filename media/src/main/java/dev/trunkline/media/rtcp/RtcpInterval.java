package dev.trunkline.media.rtcp;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next report: the calculated interval of RFC 3550, section 6.3.1. Reports of all members
 * together take {@value #SHARE_PERCENT} % of the session's bandwidth, a quarter of that the senders' where they are few;
 * never more often than every five seconds (the first after half of it), randomised by half to one and a half and divided by
 * e - 3/2, which makes up for timer reconsideration. Used by one thread.
 */
public final class RtcpInterval {

    /** The least mean interval. */
    public static final long LEAST_NANOS = 5_000_000_000L;

    static final double COMPENSATION = Math.E - 1.5;

    private static final int SHARE_PERCENT = 5;
    private static final double SENDERS_SHARE = 0.25;
    private static final double NEWEST = 1.0 / 16;

    private final double bytesPerSecond;
    private final RandomGenerator random;
    private double averageSize;

    /**
     * @param sessionBytesPerSecond of the whole session, headers too
     * @param typicalSize bytes of a report with UDP and IP headers, before any was seen
     */
    public RtcpInterval(int sessionBytesPerSecond, int typicalSize, RandomGenerator random) {
        if (sessionBytesPerSecond < 1 || typicalSize < 1) {
            throw new IllegalArgumentException(sessionBytesPerSecond + " bytes/s, reports of " + typicalSize);
        }
        bytesPerSecond = sessionBytesPerSecond * SHARE_PERCENT / 100.0;
        averageSize = typicalSize;
        this.random = Objects.requireNonNull(random, "random");
    }

    /** A report of that many bytes went or came, headers of UDP and IP counted. */
    public void seen(int bytes) {
        averageSize += (bytes - averageSize) * NEWEST;
    }

    /**
     * Draws the next interval.
     *
     * @param members of the session, us too, 1 or more
     * @param senders those of them who send
     * @param weSend whether we are among the senders
     * @param first whether no report of ours has gone yet
     */
    public long nextNanos(int members, int senders, boolean weSend, boolean first) {
        double share = bytesPerSecond;
        int sharing = members;
        if (senders <= members * SENDERS_SHARE) {
            share *= weSend ? SENDERS_SHARE : 1 - SENDERS_SHARE;
            sharing = weSend ? senders : members - senders;
        }
        double least = first ? LEAST_NANOS / 2.0 : LEAST_NANOS;
        double mean = Math.max(least, sharing * averageSize / share * 1e9);
        return (long) (mean * (random.nextDouble() + 0.5) / COMPENSATION);
    }
}
