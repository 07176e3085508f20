package dev.trunkline.caller.report;

/**
 * The packets of a call.
 *
 * @param sent what went out
 * @param received what came in
 */
public record Traffic(Sent sent, Received received) {

    /** No media flowed. */
    public static final Traffic NONE = new Traffic(new Sent(0, 0, 0, 0, 0, 0), new Received(0, 0, 0, 0, 0, 0, 0, 0));

    /**
     * What went out.
     *
     * @param packets handed to the network, before its impairments
     * @param lost taken away by the impairments asked for
     * @param duplicated doubled by them
     * @param reordered put behind the next by them
     * @param lateP99Millis how late the caller itself was with its rounds, 99th percentile: above 5 ms the machine was too
     *     busy for its figures to be trusted
     * @param lateMaxMillis the same, the worst
     */
    public record Sent(
            long packets, long lost, long duplicated, long reordered, double lateP99Millis, double lateMaxMillis) {}

    /**
     * What came in.
     *
     * @param packets of RTP
     * @param lost sequence numbers that never came, between the first and the last
     * @param duplicates that came again
     * @param outOfOrder that came after a later one
     * @param sources synchronisation sources seen, customarily 1
     * @param malformed datagrams that were no RTP of the codecs offered, or from a stranger
     * @param jitterMillis interarrival jitter of RFC 3550, at the end
     * @param longestGapMillis the longest time between two packets
     */
    public record Received(
            long packets,
            long lost,
            long duplicates,
            long outOfOrder,
            long sources,
            long malformed,
            double jitterMillis,
            double longestGapMillis) {}
}
