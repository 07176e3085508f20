package dev.trunkline.core.line;

import java.time.Duration;

/**
 * When the caller's speech may hold the agent's voice. An immutable snapshot that is published with each utterance, so that
 * the media thread can decide alone.
 *
 * @param interruptible whether speech holds the voice at all
 * @param holdAfter how much speech it takes, customarily 120 to 200 ms
 */
public record InterruptionPolicy(boolean interruptible, Duration holdAfter) {

    /** Speech of 160 ms holds the voice. */
    public static final InterruptionPolicy DEFAULT = new InterruptionPolicy(true, Duration.ofMillis(160));

    /** Nothing holds the voice: a legal notice. */
    public static final InterruptionPolicy UNINTERRUPTIBLE = new InterruptionPolicy(false, Duration.ofMillis(160));
}
