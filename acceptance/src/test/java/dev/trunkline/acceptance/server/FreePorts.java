package dev.trunkline.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address that nobody has at this moment. */
public final class FreePorts {

    private FreePorts() {}

    /** For UDP. */
    public static int udp() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For UDP, even as RTP's are. */
    public static int evenUdp() {
        while (true) {
            int port = udp();
            if (port % 2 == 0) {
                return port;
            }
        }
    }

    /** For TCP. */
    public static int tcp() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For both at once, as SIP has it. */
    public static int udpAndTcp() {
        while (true) {
            int port = tcp();
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody has it for UDP: the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
