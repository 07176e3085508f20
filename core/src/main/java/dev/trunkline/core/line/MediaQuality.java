package dev.trunkline.core.line;

import org.jspecify.annotations.Nullable;

/**
 * How the sound of a leg has fared so far. What was not measured is null: a far side need not report, and a channel without
 * packets estimates nothing.
 *
 * @param packetsReceived packets taken
 * @param packetsLost packets that never came or came too late
 * @param packetsLate packets that came after their turn
 * @param packetsSent packets sent
 * @param jitterMillis interarrival jitter of RFC 3550
 * @param underruns frames of silence sent inside an utterance because no sound was there
 * @param roundTripMillis to the far side and back on the network, smoothed
 * @param farLossPercent packets of ours that the far side says it has missed, 0 to 100
 * @param farJitterMillis interarrival jitter of our packets as the far side reports it
 * @param meanOpinion estimate of how good the far side sounds here, 1 (bad) to 4.5 (excellent)
 * @param farMeanOpinion estimate of how good we sound at the far side, 1 to 4.5
 */
public record MediaQuality(
        long packetsReceived,
        long packetsLost,
        long packetsLate,
        long packetsSent,
        double jitterMillis,
        long underruns,
        @Nullable Double roundTripMillis,
        @Nullable Double farLossPercent,
        @Nullable Double farJitterMillis,
        @Nullable Double meanOpinion,
        @Nullable Double farMeanOpinion) {

    /** Nothing measured. */
    public static final MediaQuality NONE = counted(0, 0, 0, 0, 0, 0);

    /** What was counted on this side alone. */
    public static MediaQuality counted(
            long packetsReceived,
            long packetsLost,
            long packetsLate,
            long packetsSent,
            double jitterMillis,
            long underruns) {
        return new MediaQuality(
                packetsReceived,
                packetsLost,
                packetsLate,
                packetsSent,
                jitterMillis,
                underruns,
                null,
                null,
                null,
                null,
                null);
    }
}
