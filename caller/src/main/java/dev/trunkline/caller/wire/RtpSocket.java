package dev.trunkline.caller.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * The caller's RTP port: an even one with the odd one above it kept for RTCP, as telephones have it. What comes to the odd
 * one is not read. Used by one thread, but {@link #close} by any.
 */
public final class RtpSocket implements AutoCloseable {

    private static final int ATTEMPTS = 200;

    private final DatagramChannel media;
    private final DatagramChannel control;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(2_048);

    private RtpSocket(DatagramChannel media, DatagramChannel control) throws IOException {
        this.media = media;
        this.control = control;
        this.selector = Selector.open();
        media.configureBlocking(false);
        media.register(selector, SelectionKey.OP_READ);
    }

    /** Takes a free pair of ports on that address. */
    public static RtpSocket open(InetAddress local) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramChannel media = bound(local, 0);
            if (media != null) {
                int port = ((InetSocketAddress) media.getLocalAddress()).getPort();
                DatagramChannel control = port % 2 == 0 ? bound(local, port + 1) : null;
                if (control != null) {
                    return new RtpSocket(media, control);
                }
                media.close();
            }
        }
        throw new IOException("no free pair of UDP ports on " + local.getHostAddress());
    }

    private static @Nullable DatagramChannel bound(InetAddress local, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.bind(new InetSocketAddress(local, port));
        } catch (IOException e) {
            channel.close();
            if (port == 0) {
                throw e;
            }
            return null;
        }
    }

    /** The address for the SDP offer. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) media.getLocalAddress();
    }

    /** Sends one packet. */
    public void send(byte[] packet, SocketAddress to) throws IOException {
        media.send(ByteBuffer.wrap(packet), to);
    }

    /** Waits until something can be read, or so many nanoseconds have passed; whole milliseconds, rounded down. */
    public void await(long nanos) throws IOException {
        long millis = nanos / 1_000_000;
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
    }

    /** Reads one datagram into {@link #buffer}, without waiting; null if there is none. */
    public @Nullable SocketAddress receive() throws IOException {
        in.clear();
        SocketAddress from = media.receive(in);
        in.flip();
        return from;
    }

    /** The datagram read last: from 0 to {@link #length}. */
    public byte[] buffer() {
        return in.array();
    }

    /** Bytes of the datagram read last. */
    public int length() {
        return in.limit();
    }

    /** Wakes a thread that waits. */
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        media.close();
        control.close();
    }
}
