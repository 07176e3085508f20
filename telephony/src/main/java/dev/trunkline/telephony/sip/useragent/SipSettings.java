package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.SipTimers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How an endpoint stands in the network. Immutable.
 *
 * @param bind address and UDP port; the wildcard and port 0 (any free one) are allowed
 * @param publicAddress what peers see, for hosts behind NAT; else it is found out for each peer
 * @param outboundProxy where new requests go first, if set
 * @param product for User-Agent and Server
 * @param timers base values, {@link SipTimers#STANDARD} but in tests
 * @param drainRetryAfter seconds for Retry-After while draining
 */
public record SipSettings(
        InetSocketAddress bind,
        Optional<InetAddress> publicAddress,
        Optional<SipUri> outboundProxy,
        String product,
        SipTimers timers,
        int drainRetryAfter) {

    public SipSettings {
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("unknown host " + bind.getHostString());
        }
        if (publicAddress.filter(InetAddress::isAnyLocalAddress).isPresent()) {
            throw new IllegalArgumentException("nobody can reach the public address " + publicAddress.get());
        }
    }

    /** That address, everything else as usual. */
    public static SipSettings on(InetSocketAddress bind) {
        return new SipSettings(bind, Optional.empty(), Optional.empty(), "Trunkline", SipTimers.STANDARD, 10);
    }

    /** A free port on the loopback interface: for tests and callers on this host. */
    public static SipSettings loopback() {
        return on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** With that public address. */
    public SipSettings withPublicAddress(InetAddress address) {
        return new SipSettings(bind, Optional.of(address), outboundProxy, product, timers, drainRetryAfter);
    }

    /** With that proxy. */
    public SipSettings withOutboundProxy(SipUri proxy) {
        return new SipSettings(bind, publicAddress, Optional.of(proxy), product, timers, drainRetryAfter);
    }

    /** With that name in User-Agent and Server. */
    public SipSettings withProduct(String name) {
        return new SipSettings(bind, publicAddress, outboundProxy, name, timers, drainRetryAfter);
    }

    /** With these timers. */
    public SipSettings withTimers(SipTimers other) {
        return new SipSettings(bind, publicAddress, outboundProxy, product, other, drainRetryAfter);
    }
}
