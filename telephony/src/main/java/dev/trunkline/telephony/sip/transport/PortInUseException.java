package dev.trunkline.telephony.sip.transport;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The port is taken by another process or socket. */
public final class PortInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final int port;

    /** With the address that could not be bound. */
    public PortInUseException(TransportProtocol protocol, InetSocketAddress address, Throwable cause) {
        super(
                protocol + " port " + address.getPort() + " on "
                        + address.getAddress().getHostAddress() + " is in use",
                cause);
        this.protocol = protocol.name();
        this.port = address.getPort();
    }

    /** {@code UDP}, {@code TCP} or {@code TLS}. */
    public String protocol() {
        return protocol;
    }

    /** The port that is taken. */
    public int port() {
        return port;
    }
}
