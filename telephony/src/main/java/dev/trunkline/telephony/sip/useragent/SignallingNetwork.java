package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.TransactionLayer;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.LocalAddresses;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipTransport;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transports of an endpoint, and how we are called on each of them. SIP thread only. */
final class SignallingNetwork implements TransactionLayer.Network {

    private final Map<TransportProtocol, SipTransport> transports = new EnumMap<>(TransportProtocol.class);
    private final LocalAddresses addresses;
    private final SipCounters counters;
    private final int wantedPort;

    SignallingNetwork(LocalAddresses addresses, SipCounters counters, int wantedPort) {
        this.addresses = addresses;
        this.counters = counters;
        this.wantedPort = wantedPort;
    }

    void add(SipTransport transport) {
        transports.put(transport.protocol(), transport);
    }

    boolean has(TransportProtocol protocol) {
        return transports.containsKey(protocol);
    }

    /** True if that hop can be sent to right now without a connection being opened. */
    boolean isConnected(Hop hop) {
        SipTransport transport = transports.get(hop.protocol());
        return transport != null && transport.isConnected(hop.address());
    }

    @Override
    public void send(byte[] message, Hop hop, Runnable onFailure) {
        SipTransport transport = transports.get(hop.protocol());
        Runnable counted = () -> {
            counters.count(Event.SEND_FAILED);
            onFailure.run();
        };
        if (transport == null) {
            counted.run();
        } else if (hop.connected()) {
            transport.sendBack(message, hop.address(), counted);
        } else {
            transport.send(message, hop.address(), counted);
        }
    }

    @Override
    public HostPort sentBy(Hop hop) {
        int port = port(transports.get(hop.protocol()));
        if (port == 0) {
            port = port(transports.get(TransportProtocol.UDP));
        }
        return new HostPort(
                HostPort.literal(addresses.towards(hop.address().getAddress())), port == 0 ? wantedPort : port);
    }

    private static int port(@Nullable SipTransport transport) {
        return transport == null ? 0 : transport.localAddress().getPort();
    }

    /** Our Contact for a peer, as it sees us from outside if we know; {@code secure} for one that has to be reached by TLS all the way. */
    NameAddress contact(String user, Hop hop, boolean secure) {
        HostPort outside = addresses.seenFrom(new Hop(hop.protocol(), hop.address()));
        SipUri uri = SipUri.of(user, outside == null ? sentBy(hop) : outside);
        if (secure) {
            uri = new SipUri("sips", uri.user(), uri.address(), uri.parameters(), "");
        } else if (hop.protocol() != TransportProtocol.UDP) {
            uri = uri.withParameter("transport", hop.protocol().name().toLowerCase(Locale.ROOT));
        }
        return NameAddress.of(uri);
    }
}
