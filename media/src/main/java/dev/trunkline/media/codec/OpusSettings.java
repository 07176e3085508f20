package dev.trunkline.media.codec;

import java.util.Locale;

/**
 * How the far side wants to be sent Opus, from the format parameters of its description (RFC 7587, section 6.1).
 * Immutable.
 *
 * @param bitrate of speech, in bits a second
 * @param constant whether all packets have one size
 * @param errorCorrection whether packets repeat a little of the one before
 * @param narrow whether more than the telephone's band is lost on it
 */
record OpusSettings(int bitrate, boolean constant, boolean errorCorrection, boolean narrow) {

    /** Enough for wideband speech that nobody tells from the original, and within what a trunk gives. */
    private static final int USUAL_BITRATE = 24_000;

    private static final int LEAST_BITRATE = 6_000;

    /** Reads the parameters; what can't be read is as if it were not there. */
    static OpusSettings of(String parameters) {
        int bitrate = USUAL_BITRATE;
        boolean constant = false;
        boolean errorCorrection = false;
        boolean narrow = false;
        for (String part : parameters.split(";")) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                continue;
            }
            int value = number(part.substring(equals + 1).strip());
            switch (part.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "maxaveragebitrate" ->
                    bitrate = value < 0 ? bitrate : Math.clamp(value, LEAST_BITRATE, USUAL_BITRATE);
                case "cbr" -> constant = value == 1;
                case "useinbandfec" -> errorCorrection = value == 1;
                case "maxplaybackrate" -> narrow = value > 0 && value <= 8_000;
                default -> {}
            }
        }
        return new OpusSettings(bitrate, constant, errorCorrection, narrow);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
