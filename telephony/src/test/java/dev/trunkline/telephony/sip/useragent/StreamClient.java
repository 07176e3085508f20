package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.MalformedMessageException;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A hand that writes bytes into a connection and reads messages out of it. */
final class StreamClient implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    StreamClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static StreamClient to(InetSocketAddress server) throws IOException {
        return new StreamClient(new Socket(server.getAddress(), server.getPort()));
    }

    static StreamClient to(InetSocketAddress server, String from) throws IOException {
        return new StreamClient(new Socket(server.getAddress(), server.getPort(), InetAddress.ofLiteral(from), 0));
    }

    int port() {
        return socket.getLocalPort();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A request that says it can be reached at that port. */
    String request(String method, int cseq, String callId, int viaPort, String more) {
        return method + " sip:reception@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:" + viaPort + ";branch=z9hG4bK"
                + callId + cseq + method + "\r\nFrom: <sip:ann@127.0.0.1>;tag=ann\r\nTo: <sip:reception@127.0.0.1>\r\n"
                + "Call-ID: " + callId + "\r\nCSeq: " + cseq + " " + method + "\r\nMax-Forwards: 70\r\n"
                + "Contact: <sip:ann@127.0.0.1:" + viaPort + ";transport=tcp>\r\n" + more;
    }

    String options(String callId) {
        return request("OPTIONS", 1, callId, port(), "Content-Length: 0\r\n\r\n");
    }

    String invite(String callId, int viaPort) {
        return request(
                "INVITE",
                1,
                callId,
                viaPort,
                "Content-Type: application/sdp\r\nContent-Length: " + RawPeer.OFFER.length() + "\r\n\r\n"
                        + RawPeer.OFFER);
    }

    /** The next byte, -1 at the end. */
    int read() throws IOException {
        return in.read();
    }

    /** True if the other side closes now, whatever it may say before. */
    boolean isClosedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {}
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The status of the next response, which may repeat what was wrong with its request. */
    int status() throws IOException {
        return status(new String(nextBytes(), StandardCharsets.UTF_8));
    }

    static int status(String response) {
        assertThat(response).startsWith("SIP/2.0 ");
        return Integer.parseInt(response.substring(8, 11));
    }

    SipMessage next() throws IOException, MalformedMessageException {
        byte[] whole = nextBytes();
        return SipParser.parseDatagram(whole, 0, whole.length);
    }

    private byte[] nextBytes() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("closed after: " + text);
            }
            head.write(b);
            text = head.toString(StandardCharsets.UTF_8);
        }
        int at = text.lastIndexOf("Content-Length: ") + 16;
        int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
        head.write(in.readNBytes(length));
        return head.toByteArray();
    }

    SipResponse response() throws IOException, MalformedMessageException {
        return (SipResponse) next();
    }

    SipRequest incoming() throws IOException, MalformedMessageException {
        return (SipRequest) next();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
