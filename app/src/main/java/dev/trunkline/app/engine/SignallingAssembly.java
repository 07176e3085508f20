package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.Signalling;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.health.Version;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.telephony.sip.SipChannel;
import dev.trunkline.telephony.sip.transport.CertificateFileException;
import dev.trunkline.telephony.sip.transport.PortInUseException;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import dev.trunkline.telephony.sip.useragent.PeerRules;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import dev.trunkline.telephony.sip.useragent.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SIP side of the engine: from the configuration to an endpoint, and what is told about it. */
final class SignallingAssembly {

    private SignallingAssembly() {}

    /** How the endpoint stands in the network. */
    static SipSettings settings(Configuration configuration) {
        Configuration.Network network = configuration.network();
        Signalling signalling = network.signalling();
        SipSettings settings = SipSettings.on(new InetSocketAddress(network.bind(), network.sipPort()))
                .withProduct("Trunkline/" + Version.number())
                .withTransports(transports(signalling))
                .withPeers(PeerRules.atMost(signalling.requestsPerSecond()).only(signalling.allowed()));
        return network.publicAddress() instanceof InetAddress address ? settings.withPublicAddress(address) : settings;
    }

    private static TransportSettings transports(Signalling signalling) {
        TransportSettings transports = (signalling.tcp() ? TransportSettings.STANDARD : TransportSettings.UDP_ONLY)
                .withNat(signalling.backThroughRouters() ? TransportSettings.Nat.AUTO : TransportSettings.Nat.OFF);
        return transports.withTls(tls(signalling), signalling.tlsPort());
    }

    private static TlsSettings tls(Signalling signalling) {
        Path certificate = signalling.certificate();
        Path key = signalling.key();
        return new TlsSettings(
                certificate == null || key == null
                        ? Optional.empty()
                        : Optional.of(new TlsSettings.Identity(certificate, key)),
                Optional.ofNullable(signalling.authorities()),
                signalling.provenClients());
    }

    /** What to tell the operator if the endpoint can't start. */
    static StartException failure(Configuration.Network network, IOException e) {
        return switch (e) {
            case PortInUseException taken ->
                new StartException(
                        "SIP port " + taken.port() + " (" + taken.protocol() + ") is taken by another program; set "
                                + (taken.protocol().equals("TLS") ? "TRUNKLINE_SIP_TLS_PORT" : "TRUNKLINE_SIP_PORT")
                                + " to a free one",
                        e);
            case CertificateFileException file ->
                new StartException(
                        "SIP can't use TLS: " + file.getMessage()
                                + "; see TRUNKLINE_SIP_TLS_CERTIFICATE, TRUNKLINE_SIP_TLS_KEY and TRUNKLINE_SIP_TLS_CA",
                        e);
            default ->
                new StartException(
                        "SIP can't listen on " + network.bind().getHostAddress() + " port " + network.sipPort() + ": "
                                + e.getMessage() + "; see TRUNKLINE_BIND and TRUNKLINE_SIP_PORT",
                        e);
        };
    }

    /** Where the endpoint listens. */
    static Part health(SipChannel sip) {
        String listening = sip.listening().stream().map(Object::toString).collect(Collectors.joining(", "));
        int connections = sip.connections();
        return new Part(
                "sip",
                Part.State.UP,
                connections == 0 ? listening : listening + ", " + connections + " connections",
                true);
    }

    static void bindTo(RoomMetrics metrics, SipChannel sip) {
        metrics.sip(sip.counters());
        metrics.gauge("trunkline.sip.connections", "connections of SIP over TCP and TLS", sip::connections);
    }
}
