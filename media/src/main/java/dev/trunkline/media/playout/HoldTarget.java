package dev.trunkline.media.playout;

/**
 * One stretch of an interruptible utterance that sounds, from its start or from a resume on. Whoever watches the caller's
 * speech compares it by identity: another stretch means counting anew.
 *
 * @param generation the utterance
 * @param holdAfterSamples speech, in samples at 8 kHz, that holds it
 */
public record HoldTarget(long generation, long holdAfterSamples) {

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
