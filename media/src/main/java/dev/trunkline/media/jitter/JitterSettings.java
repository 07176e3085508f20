package dev.trunkline.media.jitter;

/**
 * Bounds of an adaptive jitter buffer. Immutable.
 *
 * @param minDelayMillis the least delay it keeps, also the first one; 0 or more
 * @param maxDelayMillis the most it ever adds, above the minimum and at most 500
 * @param maxPayload bytes of the largest payload it takes
 */
public record JitterSettings(int minDelayMillis, int maxDelayMillis, int maxPayload) {

    /** 20 to 200 ms, payloads up to 60 ms of G.711. */
    public static final JitterSettings TELEPHONE = new JitterSettings(20, 200, 480);

    public JitterSettings {
        if (minDelayMillis < 0 || maxDelayMillis <= minDelayMillis || maxDelayMillis > 500) {
            throw new IllegalArgumentException("delay of " + minDelayMillis + " to " + maxDelayMillis + " ms");
        }
        if (maxPayload < 1) {
            throw new IllegalArgumentException("payload size: " + maxPayload);
        }
    }
}
