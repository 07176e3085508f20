package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/**
 * Finds the next hop of a URI (RFC 3263, address records only). Addresses in numbers are settled at once; names go to
 * the name service, so that a slow one never holds up the SIP thread.
 */
final class TargetResolver {

    private final NameService names;

    TargetResolver(NameService names) {
        this.names = names;
    }

    /** Exactly one of the two is called, on the SIP thread. */
    void resolve(SipUri uri, Consumer<Hop> found, Consumer<String> failed) {
        HostPort address = uri.address();
        if (address == null || !uri.isSip()) {
            failed.accept("no way to reach " + uri.scheme() + " addresses");
            return;
        }
        String transport = uri.parameters().get("transport");
        if (uri.scheme().equals("sips") || transport != null && !transport.equalsIgnoreCase("udp")) {
            failed.accept("transport " + (transport == null ? "TLS" : transport) + " is not available");
            return;
        }
        TransportProtocol protocol = TransportProtocol.UDP;
        int port = address.portOr(protocol.defaultPort());
        if (address.isNumeric()) {
            try {
                found.accept(new Hop(protocol, new InetSocketAddress(InetAddress.getByName(address.bareHost()), port)));
            } catch (UnknownHostException e) {
                failed.accept("bad address " + address.host());
            }
            return;
        }
        names.lookUp(
                address.host(),
                first -> found.accept(new Hop(protocol, new InetSocketAddress(first, port))),
                () -> failed.accept("unknown host " + address.host()));
    }
}
