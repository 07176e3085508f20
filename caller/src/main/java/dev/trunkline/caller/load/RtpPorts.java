package dev.trunkline.caller.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * A pair of ports as telephones have it: an even one for sound, and the one above it kept for RTCP, which is not read.
 *
 * @param media non-blocking
 * @param control bound, so that what comes there is not refused
 */
record RtpPorts(DatagramChannel media, DatagramChannel control) implements AutoCloseable {

    private static final int ATTEMPTS = 200;
    private static final int RECEIVE_BUFFER = 128 * 1_024;

    /** A free pair on that address. */
    static RtpPorts open(InetAddress local) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            DatagramChannel media = bound(local, 0);
            if (media != null) {
                int port = ((InetSocketAddress) media.getLocalAddress()).getPort();
                DatagramChannel control = port % 2 == 0 ? bound(local, port + 1) : null;
                if (control != null) {
                    media.configureBlocking(false);
                    media.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
                    return new RtpPorts(media, control);
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

    int port() throws IOException {
        return ((InetSocketAddress) media.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        media.close();
        control.close();
    }
}
