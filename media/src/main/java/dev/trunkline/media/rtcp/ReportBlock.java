package dev.trunkline.media.rtcp;

/**
 * What a receiver says about one source (RFC 3550, section 6.4.1). Immutable.
 *
 * @param ssrc the source spoken of
 * @param fractionLost lost since the report before, in 1/256 of what was expected, 0 to 255
 * @param cumulativeLost expected and not received since the beginning, -8,388,608 to 8,388,607; duplicates make it fall
 * @param highestSequence 16 bits of wraps, 16 of the highest sequence number
 * @param jitterUnits interarrival jitter in units of the RTP clock, 0 to 2^32-1
 * @param lastSenderReport middle 32 bits of the NTP time in the source's last sender report, 0 if none has come
 * @param delaySinceLast from that report's arrival to the sending of this one, in 1/65,536 s, 32 bits without sign
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int highestSequence,
        long jitterUnits,
        int lastSenderReport,
        int delaySinceLast) {

    /** Bytes on the wire. */
    public static final int LENGTH = 24;

    public static final int MOST_LOST = (1 << 23) - 1;
    public static final int LEAST_LOST = -(1 << 23);

    public ReportBlock {
        if (fractionLost < 0 || fractionLost > 255) {
            throw new IllegalArgumentException("fraction lost: " + fractionLost);
        }
        if (cumulativeLost < LEAST_LOST || cumulativeLost > MOST_LOST) {
            throw new IllegalArgumentException("cumulative lost: " + cumulativeLost);
        }
        if (jitterUnits < 0 || jitterUnits > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("jitter: " + jitterUnits);
        }
    }
}
