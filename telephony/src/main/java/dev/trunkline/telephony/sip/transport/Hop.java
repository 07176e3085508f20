package dev.trunkline.telephony.sip.transport;

import java.net.InetSocketAddress;

/**
 * The next or previous hop of a message.
 *
 * @param protocol what carries it
 * @param address resolved address and port of the peer
 */
public record Hop(TransportProtocol protocol, InetSocketAddress address) {

    @Override
    public String toString() {
        return protocol + " " + address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
