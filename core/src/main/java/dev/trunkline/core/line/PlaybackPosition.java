package dev.trunkline.core.line;

/**
 * How much of an utterance has been played to the far side. Every channel reduces its clock, marks or acknowledgements to
 * this.
 *
 * @param generation the utterance
 * @param samplesPlayed samples of it that have gone out, at the rate of {@link Voice#format()}
 */
public record PlaybackPosition(long generation, long samplesPlayed) {}
