package dev.trunkline.telephony.sip.transport;

import java.net.InetSocketAddress;

/**
 * One way to the network. Datagram transports have one socket; stream transports keep a connection per peer, reuse the
 * one that a request came by for its response, and open one where there is none. All methods are for the SIP thread,
 * but for {@link #close}.
 */
public interface SipTransport extends AutoCloseable {

    /** Takes what comes in, on the SIP thread. The arrays are the receiver's to keep. */
    interface Receiver {

        /** One whole message: a datagram, or what a stream's framing has cut out. */
        void onMessage(byte[] message, Hop source);

        /** Whether messages of that address are wanted at all now; asked before anything else is done with them. */
        default boolean wants(InetSocketAddress source) {
            return true;
        }

        /** A stream that can't be cut into messages any more; it is closed after this. */
        default void onUnframed(byte[] begun, StreamFault fault, Hop source) {}

        /** A connection is gone. */
        default void onClosed(Hop peer) {}

        /** Something to tell the operator, at most now and then. */
        default void onTrouble(String kind, Hop peer, String what) {}
    }

    /** What this transport is. */
    TransportProtocol protocol();

    /** The bound address; its host may be the wildcard. Port 0 if nobody can connect to us. */
    InetSocketAddress localAddress();

    /** From now on messages are given to the receiver. */
    default void startReading() {}

    /**
     * Sends one message; a stream transport opens a connection where there is none.
     *
     * @param onFailure runs on the SIP thread if the message could not be handed over
     */
    void send(byte[] message, InetSocketAddress target, Runnable onFailure);

    /** Sends one message by the connection that is open with that peer, and opens none; datagrams need none. */
    default void sendBack(byte[] message, InetSocketAddress peer, Runnable onFailure) {
        send(message, peer, onFailure);
    }

    /** True if there is a connection with exactly that address. */
    default boolean isConnected(InetSocketAddress peer) {
        return false;
    }

    /** Closes the socket and every connection; sending then fails. From any thread. */
    @Override
    void close();
}
