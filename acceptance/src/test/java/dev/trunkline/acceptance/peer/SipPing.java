package dev.trunkline.acceptance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One OPTIONS, to see whether somebody is there. */
final class SipPing {

    private static final int PATIENCE_MILLIS = 200;

    private SipPing() {}

    /** Whether anything was answered, within a blink. */
    static boolean answered(int port) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            String own = "127.0.0.1:" + socket.getLocalPort();
            byte[] request = """
                    OPTIONS sip:127.0.0.1:%d SIP/2.0
                    Via: SIP/2.0/UDP %s;branch=z9hG4bKping%d;rport
                    From: <sip:ping@%s>;tag=p%2$s
                    To: <sip:127.0.0.1:%1$d>
                    Call-ID: ping%3$d@%2$s
                    CSeq: 1 OPTIONS
                    Max-Forwards: 70
                    Content-Length: 0

                    """.formatted(port, own, System.nanoTime(), own)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
            socket.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.US_ASCII).startsWith("SIP/2.0");
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
