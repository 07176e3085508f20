package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.transport.StreamLimits;
import dev.trunkline.telephony.sip.transport.TlsSettings;
import java.util.Optional;

/**
 * What carries SIP beside UDP, and how peers behind a router are reached. Immutable.
 *
 * @param tcp whether TCP is listened to on the port of UDP, and used for long requests
 * @param tls certificates for TLS, if it is to be used
 * @param tlsPort where TLS is listened to if there is a certificate of ours; 0 takes a free port
 * @param streams what connections may take of us
 * @param nat whether requests inside calls go where the peer's came from, if its Contact can't be reached
 */
public record TransportSettings(boolean tcp, Optional<TlsSettings> tls, int tlsPort, StreamLimits streams, Nat nat) {

    /** How peers behind a router are reached. */
    public enum Nat {
        /** Back to where their requests came from, if what they say of themselves can't be true. */
        AUTO,
        /** By what they say of themselves. */
        OFF
    }

    /** UDP and TCP. */
    public static final TransportSettings STANDARD =
            new TransportSettings(true, Optional.empty(), 5_061, StreamLimits.STANDARD, Nat.AUTO);

    /** Datagrams alone. */
    public static final TransportSettings UDP_ONLY =
            new TransportSettings(false, Optional.empty(), 5_061, StreamLimits.STANDARD, Nat.AUTO);

    public TransportSettings {
        if (tlsPort < 0 || tlsPort > 65_535) {
            throw new IllegalArgumentException("no port: " + tlsPort);
        }
    }

    /** With TLS too. */
    public TransportSettings withTls(TlsSettings certificates, int port) {
        return new TransportSettings(tcp, Optional.of(certificates), port, streams, nat);
    }

    /** With these limits for connections. */
    public TransportSettings withStreams(StreamLimits limits) {
        return new TransportSettings(tcp, tls, tlsPort, limits, nat);
    }

    /** With that way to reach peers behind a router. */
    public TransportSettings withNat(Nat other) {
        return new TransportSettings(tcp, tls, tlsPort, streams, other);
    }
}
