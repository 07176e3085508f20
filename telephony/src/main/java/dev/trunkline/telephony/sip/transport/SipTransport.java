package dev.trunkline.telephony.sip.transport;

import java.net.InetSocketAddress;

/**
 * One way to the network. Datagram transports have one socket; stream transports keep a connection per peer, reuse the
 * one that a request came by for its response, and open one where there is none. All methods are for the SIP thread.
 */
public interface SipTransport extends AutoCloseable {

    /** Takes what comes in, on the SIP thread. The array is the receiver's to keep. */
    interface Receiver {

        /** One whole message: a datagram, or what a stream's framing has cut out. */
        void onMessage(byte[] message, Hop source);
    }

    /** What this transport is. */
    TransportProtocol protocol();

    /** The bound address; its host may be the wildcard. */
    InetSocketAddress localAddress();

    /**
     * Sends one message.
     *
     * @param onFailure runs on the SIP thread if the message could not be handed over
     */
    void send(byte[] message, InetSocketAddress target, Runnable onFailure);

    /** Closes the socket; sending then fails. */
    @Override
    void close();
}
