package dev.trunkline.telephony.opensips;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an OpenSIPS is reached. Immutable.
 *
 * @param mi where its module {@code mi_datagram} listens; events are taken from this host only
 * @param events where we listen for events and answers; port 0 takes a free one
 * @param eventAddress the host that OpenSIPS is told to send events to
 * @param mediaAddress the address that callers are told to send RTP to
 * @param commandPrefix what stands before the names of the session commands: {@code b2b_entities:} in newer releases; where
 *     OpenSIPS does not know such a command, the bare name is tried
 * @param agent who takes every call that does not name an agent itself; null for whoever was dialled
 * @param subscription how long a subscription holds if it is not renewed; it is renewed four times as often
 * @param firstWait how long the first answer to a command is waited for; then it is repeated, waiting twice as long, twice
 * @param longestHold after which a call on hold is given up
 */
public record OpenSipsSettings(
        InetSocketAddress mi,
        InetSocketAddress events,
        InetAddress eventAddress,
        InetAddress mediaAddress,
        String commandPrefix,
        @Nullable String agent,
        Duration subscription,
        Duration firstWait,
        Duration longestHold) {

    /** The prefix of newer releases. */
    public static final String PREFIX = "b2b_entities:";

    public OpenSipsSettings {
        Objects.requireNonNull(commandPrefix, "commandPrefix");
        if (mi.isUnresolved() || mi.getPort() == 0) {
            throw new IllegalArgumentException("not an address to send to: " + mi);
        }
        if (eventAddress.isAnyLocalAddress() || mediaAddress.isAnyLocalAddress()) {
            throw new IllegalArgumentException("nobody can send to the wildcard address");
        }
        if (subscription.toSeconds() < 1 || firstWait.toMillis() < 1 || !longestHold.isPositive()) {
            throw new IllegalArgumentException("times must be positive");
        }
    }

    /** That OpenSIPS, everything on one address of ours, customary times. */
    public static OpenSipsSettings of(InetSocketAddress mi, InetAddress own) {
        return new OpenSipsSettings(
                mi,
                new InetSocketAddress(own, 0),
                own,
                own,
                PREFIX,
                null,
                Duration.ofSeconds(60),
                Duration.ofMillis(500),
                Duration.ofMinutes(30));
    }

    /** The same with that agent for calls that name none. */
    public OpenSipsSettings withAgent(@Nullable String name) {
        return new OpenSipsSettings(
                mi, events, eventAddress, mediaAddress, commandPrefix, name, subscription, firstWait, longestHold);
    }

    /** The same with another prefix. */
    public OpenSipsSettings withCommandPrefix(String prefix) {
        return new OpenSipsSettings(
                mi, events, eventAddress, mediaAddress, prefix, agent, subscription, firstWait, longestHold);
    }

    /** The same with other times. */
    public OpenSipsSettings withTimes(Duration subscriptionTime, Duration wait, Duration hold) {
        return new OpenSipsSettings(
                mi, events, eventAddress, mediaAddress, commandPrefix, agent, subscriptionTime, wait, hold);
    }
}
