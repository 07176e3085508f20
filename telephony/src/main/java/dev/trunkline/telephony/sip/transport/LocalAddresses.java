package dev.trunkline.telephony.sip.transport;

import dev.trunkline.telephony.sip.message.HostPort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which address of ours a peer can reach: the public one if configured, else the bound one, else the local end of the
 * route to that peer, asked from the kernel with a connected datagram socket that sends nothing. Answers are kept for
 * 30 s. SIP thread only.
 */
public final class LocalAddresses {

    private static final long KEEP_MS = 30_000;
    private static final int KEPT = 1_024;

    private static final int PEERS_KEPT = 1_024;

    private record Route(InetAddress local, long until) {}

    private final @Nullable InetAddress fixed;
    private final SipScheduler scheduler;
    private final Map<InetAddress, Route> routes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Route> eldest) {
            return size() > KEPT;
        }
    };

    private final Map<Hop, HostPort> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hop, HostPort> eldest) {
            return size() > PEERS_KEPT;
        }
    };

    /**
     * For one endpoint.
     *
     * @param bound the address that the sockets are bound to, possibly the wildcard
     * @param publicAddress what the configuration says, null to find it out
     */
    public LocalAddresses(InetAddress bound, @Nullable InetAddress publicAddress, SipScheduler scheduler) {
        if (publicAddress != null) {
            this.fixed = publicAddress;
        } else {
            this.fixed = bound.isAnyLocalAddress() ? null : bound;
        }
        this.scheduler = scheduler;
    }

    /** The address to put into Via, Contact and SDP for that peer; never the wildcard. */
    public InetAddress towards(InetAddress peer) {
        if (fixed != null) {
            return fixed;
        }
        Route known = routes.get(peer);
        if (known != null && known.until() > scheduler.now()) {
            return known.local();
        }
        InetAddress local = probe(peer);
        routes.put(peer, new Route(local, scheduler.now() + KEEP_MS));
        return local;
    }

    /** Notes as what a peer that we trust sees us: the outside of a NAT. */
    public void seenFrom(Hop peer, HostPort outside) {
        seen.put(peer, outside);
    }

    /** As what a peer sees us, null if nobody has told. */
    public @Nullable HostPort seenFrom(Hop peer) {
        return seen.get(peer);
    }

    private static InetAddress probe(InetAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, 5_060));
            InetAddress local = socket.getLocalAddress();
            if (local != null && !local.isAnyLocalAddress()) {
                return local;
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // No route to the peer: nothing will reach it either; the loopback address is at least an address.
        }
        return InetAddress.getLoopbackAddress();
    }
}
