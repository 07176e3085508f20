package dev.trunkline.media.rtcp;

/**
 * What the far side's reports say about our sound and the way to it. Immutable.
 *
 * @param reports report blocks about us that have come
 * @param lost packets of ours that it has missed since the beginning, 0 or more
 * @param lossRatio the part of our packets that it has missed since the beginning, 0 to 1
 * @param recentLossRatio the same since its report before, 0 to 1
 * @param jitterMillis interarrival jitter of our packets there, as of its last report
 * @param roundTripMillis to it and back, smoothed; NaN as long as no report has answered one of ours
 */
public record FarSide(
        long reports,
        long lost,
        double lossRatio,
        double recentLossRatio,
        double jitterMillis,
        double roundTripMillis) {

    /** No report has come. */
    public static final FarSide UNKNOWN = new FarSide(0, 0, 0, 0, 0, Double.NaN);

    /** Whether the far side has reported on our sound. */
    public boolean known() {
        return reports > 0;
    }

    /** Whether a round trip has been measured. */
    public boolean roundTripKnown() {
        return !Double.isNaN(roundTripMillis);
    }
}
