package dev.trunkline.models.moonshine;

/**
 * The words in a piece of sound.
 *
 * @param text the words; empty if there are none
 * @param confidence geometric mean of the chosen tokens' probabilities, 0 to 1; 0 without tokens
 * @param tokens how many tokens were decoded
 * @param looped whether decoding was stopped because it repeated itself or went on for too long
 */
public record Decoded(String text, double confidence, int tokens, boolean looped) {

    /** No words. */
    public static final Decoded NOTHING = new Decoded("", 0, 0, false);
}
