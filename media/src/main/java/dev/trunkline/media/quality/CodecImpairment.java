package dev.trunkline.media.quality;

import java.util.Locale;

/**
 * How much a codec takes away from quality, in the E-model's terms. Immutable.
 *
 * @param equipment impairment of the codec itself without any loss (Ie), 0 for none
 * @param lossRobustness how well it bears random loss (Bpl), the higher the better, above 0
 */
public record CodecImpairment(double equipment, double lossRobustness) {

    /** G.711 with concealment, of ITU-T G.113, Appendix I. */
    public static final CodecImpairment G711 = new CodecImpairment(0, 25.1);

    /**
     * G.722 at 64 kbit/s, put on the narrow-band scale: no worse than G.711 without loss; a lost frame also upsets its
     * prediction, so that it is taken for somewhat less robust. An assumption of ours: G.113 rates it on the wide-band scale only.
     */
    public static final CodecImpairment G722 = new CodecImpairment(0, 16);

    /** Opus, put on the narrow-band scale with its own concealment: an assumption of ours, the ITU-T rates it nowhere. */
    public static final CodecImpairment OPUS = new CodecImpairment(0, 20);

    public CodecImpairment {
        if (equipment < 0 || equipment > 95 || !(lossRobustness > 0)) {
            throw new IllegalArgumentException("Ie " + equipment + ", Bpl " + lossRobustness);
        }
    }

    /** That of a codec by its encoding name as in SDP, in any case; one that we do not know is taken for G.711. */
    public static CodecImpairment of(String encodingName) {
        return switch (encodingName.toUpperCase(Locale.ROOT)) {
            case "G722" -> G722;
            case "OPUS" -> OPUS;
            default -> G711;
        };
    }
}
