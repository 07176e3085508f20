package dev.trunkline.app.config;

import dev.trunkline.media.engine.InBandDigits;
import dev.trunkline.telephony.leg.DigitSending;

/**
 * How keys of telephones are heard and pressed.
 *
 * @param inBand whether they are looked for in the sound itself
 * @param sending in which way they are pressed towards far sides
 */
public record Digits(InBandDigits inBand, DigitSending sending) {

    /** What it is if nothing is set. */
    public static final Digits STANDARD = new Digits(InBandDigits.AUTO, DigitSending.AUTO);
}
