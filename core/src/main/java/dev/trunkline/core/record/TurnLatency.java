package dev.trunkline.core.record;

/**
 * Where the time of one exchange went, in milliseconds; a value below zero was not measured or does not apply. A caller's
 * turn has the first two, the agent's reply all of them, the first two repeated from the turn that it answers.
 *
 * @param endOfTurnWait last speech packet of the caller to the decision that they have finished
 * @param transcription last speech packet to the settled transcript that was used
 * @param thinking transcript asked of the agent to its first words
 * @param synthesis first words to their first sound
 * @param engine what the engine itself took: decision (or first sound, if later) to the first audible packet
 * @param mouthToEar last speech packet of the caller to the first audible packet of the agent
 * @param speculative whether the reply was prepared before the end of the turn was certain
 */
public record TurnLatency(
        long endOfTurnWait,
        long transcription,
        long thinking,
        long synthesis,
        long engine,
        long mouthToEar,
        boolean speculative) {

    /** Nothing measured. */
    public static final TurnLatency NONE = new TurnLatency(-1, -1, -1, -1, -1, -1, false);
}
