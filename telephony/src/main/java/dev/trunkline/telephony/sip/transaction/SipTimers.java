package dev.trunkline.telephony.sip.transaction;

/**
 * The base values of all timers (RFC 3261, table 4), in milliseconds.
 *
 * @param t1 estimate of a round trip: first retransmission
 * @param t2 longest interval between retransmissions of a non-INVITE request or an INVITE response
 * @param t4 longest time that a message stays in the network
 */
public record SipTimers(long t1, long t2, long t4) {

    /** 500 ms, 4 s, 5 s. */
    public static final SipTimers STANDARD = new SipTimers(500, 4_000, 5_000);

    /** Timers B, F, H, J, L and M, and how long a 2xx waits for its ACK: 64 times T1. */
    public long giveUp() {
        return 64 * t1;
    }

    /** Timer D over an unreliable transport: more than 32 s. */
    public long timerD() {
        return Math.max(64 * t1, 32_000);
    }
}
