package dev.trunkline.telephony.leg;

/** In which way we press keys towards a far side. */
public enum DigitSending {
    /** Telephone-events if they were agreed on, else INFO if the far side says that it takes it, else tones. */
    AUTO,
    /** Telephone-events (RFC 4733) or not at all. */
    RTP,
    /** INFO in the signalling; tones on a channel that has none. */
    INFO,
    /** Tones in the sound. */
    TONE
}
