package dev.trunkline.media.quality;

/**
 * An estimate of how a call is judged: the E-model of ITU-T G.107 with all its other inputs at their default values, so that
 * R = 93.2 - Id - Ie,eff remains. The delay's part Id is the piecewise linear fit of Cole and Rosenbluth ("Voice over IP
 * performance monitoring", 2001), the loss's part Ie,eff is G.107's with random loss (BurstR = 1), and the mean opinion score
 * follows from R by G.107, Annex B.
 *
 * <p>It is a planning model: it knows nothing of echo, noise, level, bursts of loss or the words that were spoken, and its
 * narrow-band scale ends at a score of 4.4, however wide the codec. Good for comparing calls and for seeing trouble, not for
 * promising a quality. Stateless, for all threads.
 */
public final class EModel {

    /** The score of a call without any loss and delay. */
    public static final double BEST = meanOpinion(93.2);

    private static final double NO_IMPAIRMENT = 93.2;
    private static final double WORST_EQUIPMENT = 95;

    private EModel() {}

    /**
     * The transmission rating.
     *
     * @param oneWayMillis from mouth to ear, 0 or more
     * @param lossRatio the part of the packets that was not there at its turn, 0 to 1
     * @return R, 0 to 93.2
     */
    public static double rating(double oneWayMillis, double lossRatio, CodecImpairment codec) {
        double delay = 0.024 * oneWayMillis + (oneWayMillis > 177.3 ? 0.11 * (oneWayMillis - 177.3) : 0);
        double percent = Math.clamp(lossRatio, 0, 1) * 100;
        double loss = (WORST_EQUIPMENT - codec.equipment()) * percent / (percent + codec.lossRobustness());
        return Math.clamp(NO_IMPAIRMENT - delay - codec.equipment() - loss, 0, NO_IMPAIRMENT);
    }

    /** The mean opinion score of a rating, 1 (bad) to 4.5 (excellent). */
    public static double meanOpinion(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // the polynomial dips below one for the very worst
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }

    /** The mean opinion score of a call with that delay and loss. */
    public static double meanOpinion(double oneWayMillis, double lossRatio, CodecImpairment codec) {
        return meanOpinion(rating(oneWayMillis, lossRatio, codec));
    }
}
