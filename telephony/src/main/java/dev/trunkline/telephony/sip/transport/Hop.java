package dev.trunkline.telephony.sip.transport;

import java.net.InetSocketAddress;

/**
 * The next or previous hop of a message.
 *
 * @param protocol what carries it
 * @param address resolved address and port of the peer; a host name in it is the one that a TLS certificate must have
 * @param connected true for the connection that is open with that address, and no other: the source of what has come
 *     by a stream
 */
public record Hop(TransportProtocol protocol, InetSocketAddress address, boolean connected) {

    /** By datagram, or by a connection that is opened if there is none. */
    public Hop(TransportProtocol protocol, InetSocketAddress address) {
        this(protocol, address, false);
    }

    @Override
    public String toString() {
        return protocol + " " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
