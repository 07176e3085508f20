package dev.trunkline.media.quality;

/**
 * What the E-model needs to know of one direction of a call, as far as the packets tell it.
 *
 * @param lossRatio the part of the packets that was not there at its turn, 0 to 1
 * @param jitterMillis interarrival jitter of RFC 3550 at the listener
 * @param roundTripMillis to the far side and back; NaN if unknown, and then taken for nothing
 * @param codec of the sound
 */
public record CallQuality(double lossRatio, double jitterMillis, double roundTripMillis, CodecImpairment codec) {

    /** A packet is sent when its last sample has been spoken. */
    private static final double PACKET_MILLIS = 20;

    private static final double LEAST_BUFFER_MILLIS = 20;
    private static final double MOST_BUFFER_MILLIS = 200;

    /**
     * From mouth to ear: half of the round trip, a packet, and the jitter buffer that a listener needs for that jitter (twice
     * the jitter, 20 to 200 ms). How long the devices at both ends take, nobody tells.
     */
    public double oneWayMillis() {
        double network = Double.isNaN(roundTripMillis) ? 0 : roundTripMillis / 2;
        return network + PACKET_MILLIS + Math.clamp(2 * jitterMillis, LEAST_BUFFER_MILLIS, MOST_BUFFER_MILLIS);
    }

    /** The estimated mean opinion score, 1 to 4.4. */
    public double meanOpinion() {
        return EModel.meanOpinion(oneWayMillis(), lossRatio, codec);
    }
}
