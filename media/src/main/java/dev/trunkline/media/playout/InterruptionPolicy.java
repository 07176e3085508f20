package dev.trunkline.media.playout;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether and when the caller's speech holds one utterance: an immutable snapshot that is published with it.
 *
 * @param interruptible whether speech holds the playout at all
 * @param holdAfter how much speech (not counting what came before the utterance sounded) holds it; zero or more, 120 to
 *     200 ms is sensible
 */
public record InterruptionPolicy(boolean interruptible, Duration holdAfter) {

    /** Held after 160 ms of speech. */
    public static final InterruptionPolicy DEFAULT = new InterruptionPolicy(true, Duration.ofMillis(160));

    /** Never held by speech. */
    public static final InterruptionPolicy UNINTERRUPTIBLE = new InterruptionPolicy(false, Duration.ZERO);

    public InterruptionPolicy {
        Objects.requireNonNull(holdAfter, "holdAfter");
        if (holdAfter.isNegative()) {
            throw new IllegalArgumentException("holdAfter is negative: " + holdAfter);
        }
    }

    /** Held after that much speech. */
    public static InterruptionPolicy after(Duration speech) {
        return new InterruptionPolicy(true, speech);
    }
}
