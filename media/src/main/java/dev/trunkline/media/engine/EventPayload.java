package dev.trunkline.media.engine;

/**
 * A payload type of telephone-events (RFC 4733). An event counts in the clock of the sound beside it, so there may be one
 * for each clock.
 *
 * @param payloadType 0 to 127, as agreed on
 * @param clockRate rate of its timestamps and durations in Hz
 */
public record EventPayload(int payloadType, int clockRate) {

    public EventPayload {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type out of range: " + payloadType);
        }
        if (clockRate < 1_000) {
            throw new IllegalArgumentException("clock rate out of range: " + clockRate);
        }
    }
}
