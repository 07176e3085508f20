package dev.trunkline.media.playout;

/**
 * How much of an utterance has been sent to the caller.
 *
 * @param generation which utterance; 0 if nothing was ever played
 * @param samplesPlayed samples of this utterance that were sent, at the rate of the session's sound, without silence
 *     that was put in between
 * @param held whether the playout is paused
 */
public record PlaybackPosition(long generation, long samplesPlayed, boolean held) {

    /** Nothing was played yet. */
    public static final PlaybackPosition NONE = new PlaybackPosition(0, 0, false);
}
