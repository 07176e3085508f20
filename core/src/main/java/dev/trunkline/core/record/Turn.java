package dev.trunkline.core.record;

import java.time.Instant;

/**
 * One turn of a conversation, as it was heard.
 *
 * @param number 1 for the first of the call; the caller's and the agent's are counted together
 * @param speaker whose it was
 * @param text the caller's words as recognised (or keys, as {@code [keys 123]}); the agent's words as far as they were heard
 * @param startedAt first sound
 * @param endedAt last sound
 * @param interrupted whether the agent was talked down; the text ends there
 * @param latency where the time went
 */
public record Turn(
        int number,
        Speaker speaker,
        String text,
        Instant startedAt,
        Instant endedAt,
        boolean interrupted,
        TurnLatency latency) {}
