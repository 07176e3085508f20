package dev.trunkline.media.vad;

import java.time.Duration;
import java.util.Objects;

/**
 * When sound counts as speech.
 *
 * @param startConfidence probability from which a window counts as speech, above 0 to 1
 * @param stopConfidence probability below which a window no longer counts as speech, at most startConfidence
 * @param start how much speech confirms that the caller speaks; the onset is dated back to its beginning
 * @param stop how long the probability must stay below stopConfidence until speech has stopped
 */
public record VoiceActivitySettings(float startConfidence, float stopConfidence, Duration start, Duration stop) {

    /** For telephone speech with {@link SileroVad}. */
    public static final VoiceActivitySettings DEFAULT =
            new VoiceActivitySettings(0.5f, 0.35f, Duration.ofMillis(90), Duration.ofMillis(120));

    public VoiceActivitySettings {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(stop, "stop");
        if (!(startConfidence > 0 && startConfidence <= 1)) {
            throw new IllegalArgumentException("start confidence out of range: " + startConfidence);
        }
        if (!(stopConfidence >= 0 && stopConfidence <= startConfidence)) {
            throw new IllegalArgumentException("stop confidence out of range: " + stopConfidence);
        }
        if (start.isNegative() || stop.isNegative()) {
            throw new IllegalArgumentException("negative duration: " + start + ", " + stop);
        }
    }
}
