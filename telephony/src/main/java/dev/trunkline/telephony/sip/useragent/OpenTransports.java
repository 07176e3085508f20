package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.PortInUseException;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipEventLoop;
import dev.trunkline.telephony.sip.transport.SipTransport;
import dev.trunkline.telephony.sip.transport.StreamTransport;
import dev.trunkline.telephony.sip.transport.TlsContexts;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import dev.trunkline.telephony.sip.transport.UdpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The sockets of an endpoint: UDP, and TCP on the same port, and TLS on its own. */
final class OpenTransports implements AutoCloseable {

    private static final int TRIES = 20;

    private final UdpTransport udp;
    private final List<StreamTransport> streams;

    private OpenTransports(UdpTransport udp, List<StreamTransport> streams) {
        this.udp = udp;
        this.streams = List.copyOf(streams);
    }

    /**
     * Opens them all or none.
     *
     * @throws PortInUseException if a port is taken
     * @throws IOException if one can't be bound for another reason, or a certificate can't be read
     */
    static OpenTransports open(
            SipSettings settings, SipEventLoop loop, SipTransport.Receiver receiver, SipCounters counters)
            throws IOException {
        InetSocketAddress bind = settings.bind();
        // Any free port: what is free for datagrams may be taken for connections.
        for (int tries = bind.getPort() == 0 && settings.transports().tcp() ? TRIES : 1; ; tries--) {
            try {
                return openOnce(settings, loop, receiver, counters);
            } catch (PortInUseException e) {
                if (tries == 1) {
                    throw e;
                }
            }
        }
    }

    private static OpenTransports openOnce(
            SipSettings settings, SipEventLoop loop, SipTransport.Receiver receiver, SipCounters counters)
            throws IOException {
        TransportSettings wanted = settings.transports();
        UdpTransport udp = UdpTransport.open(loop, settings.bind(), receiver);
        List<StreamTransport> streams = new ArrayList<>();
        try {
            if (wanted.tcp()) {
                streams.add(StreamTransport.open(loop, udp.localAddress(), receiver, counters, wanted.streams(), null));
            }
            if (wanted.tls().isPresent()) {
                streams.add(tls(wanted.tls().get(), settings, loop, receiver, counters));
            }
            return new OpenTransports(udp, streams);
        } catch (IOException | RuntimeException e) {
            streams.forEach(StreamTransport::close);
            udp.close();
            throw e;
        }
    }

    private static StreamTransport tls(
            TlsSettings certificates,
            SipSettings settings,
            SipEventLoop loop,
            SipTransport.Receiver receiver,
            SipCounters counters)
            throws IOException {
        TlsContexts contexts = TlsContexts.of(certificates);
        InetAddress host = settings.bind().getAddress();
        TransportSettings wanted = settings.transports();
        return contexts.canAccept()
                ? StreamTransport.open(
                        loop,
                        new InetSocketAddress(host, wanted.tlsPort()),
                        receiver,
                        counters,
                        wanted.streams(),
                        contexts)
                : StreamTransport.connecting(loop, host, receiver, counters, wanted.streams(), contexts);
    }

    /** All of them, UDP first. */
    List<SipTransport> all() {
        List<SipTransport> all = new ArrayList<>();
        all.add(udp);
        all.addAll(streams);
        return all;
    }

    InetSocketAddress localAddress() {
        return udp.localAddress();
    }

    /** Connections that are open, of TCP and TLS. From any thread. */
    int connections() {
        return streams.stream().mapToInt(StreamTransport::connections).sum();
    }

    /** Where each transport listens, UDP first. */
    List<Hop> listening() {
        return all().stream()
                .filter(transport -> transport.localAddress().getPort() != 0)
                .map(transport -> new Hop(transport.protocol(), transport.localAddress()))
                .toList();
    }

    @Override
    public void close() {
        streams.forEach(StreamTransport::close);
        udp.close();
    }
}
