package dev.trunkline.media.rtcp;

import java.time.Instant;

/**
 * The time of reports: NTP's 64 bits (seconds since 1900, fraction) for a moment of {@link System#nanoTime()}. The wall
 * clock is looked at once, at the beginning, so that a clock that is set during a call does not spoil the round trips.
 * Immutable, for all threads.
 */
public final class NtpClock {

    /** From 1900 to 1970: 70 years with 17 leap days. */
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private static final long NANOS = 1_000_000_000L;

    private final long seconds;
    private final long nanos;

    /** The wall clock showed that instant at that moment. */
    public NtpClock(Instant wall, long nanoTime) {
        seconds = wall.getEpochSecond() + SECONDS_1900_TO_1970;
        nanos = wall.getNano() - nanoTime;
    }

    /** The clock of this machine, as of now. */
    public static NtpClock system() {
        return new NtpClock(Instant.now(), System.nanoTime());
    }

    /** NTP time of that moment. */
    public long at(long nanoTime) {
        long since = nanos + nanoTime;
        long whole = seconds + Math.floorDiv(since, NANOS);
        long fraction = (Math.floorMod(since, NANOS) << 32) / NANOS;
        return whole << 32 | fraction;
    }

    /** The middle 32 bits: 16 of seconds and 16 of fraction, the form in which reports refer to each other. */
    public static int middle(long ntpTime) {
        return (int) (ntpTime >>> 16);
    }

    /** A span in nanoseconds as 1/65,536 s; what does not fit into 32 bits is held at the most. */
    public static int shortSpan(long spanNanos) {
        if (spanNanos <= 0) {
            return 0;
        }
        long seconds = spanNanos / NANOS;
        return seconds > 0xFFFF ? -1 : (int) (seconds << 16 | (spanNanos % NANOS << 16) / NANOS);
    }
}
