package dev.trunkline.telephony.sip.useragent;

import java.time.Duration;

/**
 * How running calls are checked by refreshes (RFC 4028). Immutable.
 *
 * @param interval the session interval that we ask for, 90 s or more; zero for no timer of ours
 */
public record SessionTimerSettings(Duration interval) {

    /** Half an hour. */
    public static final SessionTimerSettings STANDARD = new SessionTimerSettings(Duration.ofMinutes(30));
}
