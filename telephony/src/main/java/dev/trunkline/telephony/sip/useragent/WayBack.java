package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.message.Via;
import dev.trunkline.telephony.sip.transport.Hop;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether requests inside a call go back the way that the peer's messages came instead of to its Contact or its
 * nearest proxy. Connections are kept to (RFC 5923 in spirit): the peer may be unable to take another. Datagrams go back
 * only if the peer must be behind a router: it is the peer itself (no proxy in Via or Record-Route), it asked for
 * {@code rport}, it does not know the address that it sends from, and its Contact is a private one.
 */
final class WayBack {

    private final boolean nat;

    WayBack(TransportSettings.Nat nat) {
        this.nat = nat == TransportSettings.Nat.AUTO;
    }

    /** For a request that begins a dialog or runs in it; null to go by Contact and routes. */
    @Nullable
    Hop of(SipRequest request, Hop source, List<SipUri> routes) {
        if (!routes.isEmpty()) {
            return source.connected() && isAt(routes.getFirst(), source) ? source : null;
        }
        if (request.headers().list(HeaderName.VIA).size() > 1) {
            return null;
        }
        if (source.connected()) {
            return source;
        }
        Via via = request.topVia();
        boolean unaware =
                via.wantsSourcePort() && !literal(source).equals(via.sentBy().host());
        return nat && unaware && contactIsPrivateAndNot(request, source) ? source : null;
    }

    /** For a dialog that a response makes; {@code hop} is where our request went. */
    @Nullable
    Hop of(SipMessage response, Hop hop, List<SipUri> routes, boolean connected) {
        if (!routes.isEmpty()) {
            return connected && isAt(routes.getFirst(), hop) ? connectedTo(hop) : null;
        }
        NameAddress contact = response.contact();
        if (connected && (contact == null || isAt(contact.uri(), hop))) {
            return connectedTo(hop);
        }
        if (!nat
                || !contactIsPrivateAndNot(response, hop)
                || isPrivate(hop.address().getAddress())) {
            return null;
        }
        return connected ? connectedTo(hop) : hop;
    }

    private static Hop connectedTo(Hop hop) {
        return new Hop(hop.protocol(), hop.address(), true);
    }

    private static String literal(Hop hop) {
        return HostPort.literal(hop.address().getAddress());
    }

    private static boolean isAt(SipUri uri, Hop hop) {
        InetAddress address = numeric(uri);
        return address != null && address.equals(hop.address().getAddress());
    }

    private static boolean contactIsPrivateAndNot(SipMessage message, Hop hop) {
        NameAddress contact = message.contact();
        InetAddress address = contact == null ? null : numeric(contact.uri());
        return address != null
                && isPrivate(address)
                && !address.equals(hop.address().getAddress());
    }

    private static @Nullable InetAddress numeric(SipUri uri) {
        if (uri.address() == null || !uri.address().isNumeric()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(uri.host());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Addresses that are not the same everywhere: RFC 1918, 6598 (carriers), 4193, link-local, loopback, none at all. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean carrier = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
        boolean unique = address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC;
        return carrier
                || unique
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress();
    }
}
