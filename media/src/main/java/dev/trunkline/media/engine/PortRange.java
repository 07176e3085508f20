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

/**
 * Pairs of ports within a range: an even one for sound and the odd one above it for reports (RFC 3550, section 11). They are given
 * out in turn, so that a pair just freed rests before it is used again.
 */
final class PortRange {

    /** Expedited forwarding (RFC 3246) in the upper six bits. */
    private static final int EXPEDITED = 0xB8;

    /** Two sockets on neighbouring ports, not blocking. */
    record Pair(DatagramChannel sound, DatagramChannel reports) {}

    private final InetAddress address;
    private final int firstPort;
    private final int lastPort;
    private final int firstEven;
    private final int pairs;
    private final AtomicInteger next = new AtomicInteger();

    PortRange(InetAddress address, int firstPort, int lastPort) {
        this.address = address;
        this.firstPort = firstPort;
        this.lastPort = lastPort;
        firstEven = firstPort + (firstPort & 1);
        pairs = Math.max(0, (lastPort - firstEven + 1) / 2);
    }

    /**
     * Sockets on ports that nobody else has.
     *
     * @throws NoFreePortException if there is none
     */
    Pair open() {
        for (int tried = 0; tried < pairs; tried++) {
            int port = firstEven + 2 * Math.floorMod(next.getAndIncrement(), pairs);
            DatagramChannel sound = tryPort(port);
            DatagramChannel reports = sound == null ? null : tryOdd(port + 1, sound);
            if (sound != null && reports != null) {
                return new Pair(sound, reports);
            }
        }
        throw new NoFreePortException(firstPort, lastPort);
    }

    private @Nullable DatagramChannel tryOdd(int port, DatagramChannel even) {
        boolean opened = false;
        try {
            DatagramChannel odd = tryPort(port);
            opened = odd != null;
            return odd;
        } finally {
            if (!opened) {
                close(even);
            }
        }
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
