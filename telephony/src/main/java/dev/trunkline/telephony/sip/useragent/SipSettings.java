package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.SipTimers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How an endpoint stands in the network. Immutable.
 *
 * @param bind address and port of UDP and TCP; the wildcard and port 0 (any free one) are allowed
 * @param publicAddress what peers see, for hosts behind NAT; else it is found out for each peer
 * @param outboundProxy where new requests go first, if set
 * @param product for User-Agent and Server
 * @param timers base values, {@link SipTimers#STANDARD} but in tests
 * @param drainRetryAfter seconds for Retry-After while draining
 * @param longestHold how long a peer may keep a call on hold before we hang up: nothing else tells that it has died
 * @param transports what else than UDP carries the messages
 * @param peers who may call, and how often
 * @param sessionTimer how running calls are kept alive
 */
public record SipSettings(
        InetSocketAddress bind,
        Optional<InetAddress> publicAddress,
        Optional<SipUri> outboundProxy,
        String product,
        SipTimers timers,
        int drainRetryAfter,
        Duration longestHold,
        TransportSettings transports,
        PeerRules peers,
        SessionTimerSettings sessionTimer) {

    /** How long a peer may keep us on hold. */
    public static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

    public SipSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("unknown host " + bind.getHostString());
        }
        if (publicAddress.filter(InetAddress::isAnyLocalAddress).isPresent()) {
            throw new IllegalArgumentException("nobody can reach the public address " + publicAddress.get());
        }
        if (!longestHold.isPositive()) {
            throw new IllegalArgumentException("longest hold: " + longestHold);
        }
    }

    /** That address, everything else as usual. */
    public static SipSettings on(InetSocketAddress bind) {
        return new SipSettings(
                bind,
                Optional.empty(),
                Optional.empty(),
                "Trunkline",
                SipTimers.STANDARD,
                10,
                LONGEST_HOLD,
                TransportSettings.STANDARD,
                PeerRules.EVERYBODY,
                SessionTimerSettings.STANDARD);
    }

    /** A free port on the loopback interface: for tests and callers on this host. */
    public static SipSettings loopback() {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** With that public address. */
    public SipSettings withPublicAddress(InetAddress address) {
        return new SipSettings(
                bind,
                Optional.of(address),
                outboundProxy,
                product,
                timers,
                drainRetryAfter,
                longestHold,
                transports,
                peers,
                sessionTimer);
    }

    /** With that proxy. */
    public SipSettings withOutboundProxy(SipUri proxy) {
        return new SipSettings(
                bind,
                publicAddress,
                Optional.of(proxy),
                product,
                timers,
                drainRetryAfter,
                longestHold,
                transports,
                peers,
                sessionTimer);
    }

    /** With that name in User-Agent and Server. */
    public SipSettings withProduct(String name) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                name,
                timers,
                drainRetryAfter,
                longestHold,
                transports,
                peers,
                sessionTimer);
    }

    /** With these timers. */
    public SipSettings withTimers(SipTimers other) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                product,
                other,
                drainRetryAfter,
                longestHold,
                transports,
                peers,
                sessionTimer);
    }

    /** With that longest hold. */
    public SipSettings withLongestHold(Duration hold) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                product,
                timers,
                drainRetryAfter,
                hold,
                transports,
                peers,
                sessionTimer);
    }

    /** With these transports. */
    public SipSettings withTransports(TransportSettings other) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                product,
                timers,
                drainRetryAfter,
                longestHold,
                other,
                peers,
                sessionTimer);
    }

    /** With these rules for peers. */
    public SipSettings withPeers(PeerRules rules) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                product,
                timers,
                drainRetryAfter,
                longestHold,
                transports,
                rules,
                sessionTimer);
    }

    /** With that session timer. */
    public SipSettings withSessionTimer(SessionTimerSettings other) {
        return new SipSettings(
                bind,
                publicAddress,
                outboundProxy,
                product,
                timers,
                drainRetryAfter,
                longestHold,
                transports,
                peers,
                other);
    }
}
