package dev.trunkline.media.engine;

/** Whether keys are looked for in the sound itself, as tones. */
public enum InBandDigits {
    /** Where telephone-event was not agreed on: such a far side has no better way in the media. */
    AUTO,
    /**
     * Always, until the first telephone-event comes: for gateways that agree to events and send none. A tone that leaks
     * into the sound before its event then comes twice; what merges a call's digits has to know the two for one.
     */
    ON,
    /** Never. */
    OFF
}
