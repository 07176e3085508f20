package dev.trunkline.media.engine;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The even ports of a range, given out in turn so that one just freed rests before it is used again. */
final class PortRange {

    /** Expedited forwarding (RFC 3246) in the upper six bits. */
    private static final int EXPEDITED = 0xB8;

    private final InetAddress address;
    private final int firstPort;
    private final int lastPort;
    private final int firstEven;
    private final int ports;
    private final AtomicInteger next = new AtomicInteger();

    PortRange(InetAddress address, int firstPort, int lastPort) {
        this.address = address;
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        firstEven = firstPort + (firstPort & 1);
        ports = firstEven > lastPort ? 0 : (lastPort - firstEven) / 2 + 1;
    }

    /**
     * A socket on a port that nobody else has, not blocking.
     *
     * @throws NoFreePortException if there is none
     */
    DatagramChannel open() {
        for (int tried = 0; tried < ports; tried++) {
            int index = Math.floorMod(next.getAndIncrement(), ports);
            DatagramChannel channel = tryPort(firstEven + 2 * index);
            if (channel != null) {
                return channel;
            }
        }
        throw new NoFreePortException(firstPort, lastPort);
    }

    private @Nullable DatagramChannel tryPort(int port) {
        DatagramChannel channel = null;
        boolean bound = false;
        try {
            channel = address instanceof Inet4Address
                    ? DatagramChannel.open(StandardProtocolFamily.INET)
                    : DatagramChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(address, port));
            channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED);
            bound = true;
            return channel;
        } catch (BindException e) {
            return null;
        } catch (IOException e) {
            throw new NoFreePortException(e);
        } finally {
            if (!bound && channel != null) {
                close(channel);
            }
        }
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new NoFreePortException(e);
        }
    }
}
