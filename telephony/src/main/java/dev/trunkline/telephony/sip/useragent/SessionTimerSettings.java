package dev.trunkline.telephony.sip.useragent;

import java.time.Duration;

/**
 * How running calls are checked by refreshes (RFC 4028). Immutable.
 *
 * @param interval the session interval that we ask for, whole seconds and not below the minimum; zero for no timer of ours
 * @param minimum the shortest interval that a peer may ask for; RFC 4028 wants no less than 90 s, tests may
 */
public record SessionTimerSettings(Duration interval, Duration minimum) {

    /** The shortest that RFC 4028 allows. */
    public static final Duration SHORTEST = Duration.ofSeconds(90);

    /** Half an hour. */
    public static final SessionTimerSettings STANDARD = new SessionTimerSettings(Duration.ofMinutes(30));

    /** We ask for none; a peer that asks gets it. */
    public static final SessionTimerSettings OFF = new SessionTimerSettings(Duration.ZERO);

    public SessionTimerSettings {
        if (minimum.toSeconds() < 1) {
            throw new IllegalArgumentException("shortest session interval: " + minimum);
        }
        if (!interval.isZero() && interval.compareTo(minimum) < 0) {
            throw new IllegalArgumentException("session interval: " + interval + ", less than " + minimum);
        }
    }

    /** With the minimum of RFC 4028. */
    public SessionTimerSettings(Duration interval) {
        this(interval, SHORTEST);
    }
}
