package dev.trunkline.telephony.sip.transport;

import java.time.Duration;

/**
 * What connections may take of us. Immutable.
 *
 * @param head most bytes of start line and headers of a message
 * @param message most bytes of a message
 * @param wholeWithin how long a message that has begun, or the first one of a connection, may take until it is whole
 * @param idle how long a connection may carry nothing before it is closed
 * @param perAddress most connections that one address may open
 * @param inAll most connections that others may open
 * @param unsent most bytes that wait for a peer that does not read
 * @param connect how long opening a connection may take, the TLS handshake included
 */
public record StreamLimits(
        int head,
        int message,
        Duration wholeWithin,
        Duration idle,
        int perAddress,
        int inAll,
        int unsent,
        Duration connect) {

    /** 32 KiB, 64 KiB, 15 s, 20 min, 200, 2,000, 256 KiB, 4 s. */
    public static final StreamLimits STANDARD = new StreamLimits(
            32_768, 65_535, Duration.ofSeconds(15), Duration.ofMinutes(20), 200, 2_000, 262_144, Duration.ofSeconds(4));

    public StreamLimits {
        if (head < 1 || message < 1 || perAddress < 1 || inAll < 1 || unsent < 1) {
            throw new IllegalArgumentException("limits below one");
        }
        if (!wholeWithin.isPositive() || !idle.isPositive() || !connect.isPositive()) {
            throw new IllegalArgumentException("times must be above zero");
        }
    }
}
