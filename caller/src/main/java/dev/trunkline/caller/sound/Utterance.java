package dev.trunkline.caller.sound;

/**
 * A stretch of the agent's speech, found by its energy.
 *
 * @param startNanos arrival of the first audible packet, since the answer
 * @param endNanos arrival of the last audible packet, since the answer
 */
public record Utterance(long startNanos, long endNanos) {}
