package dev.trunkline.telephony.rtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A media server's side of one stream, as bytes. */
public final class RtpSender implements AutoCloseable {

    private final DatagramSocket socket;
    private final InetSocketAddress to;
    private final int ssrc;
    private int sequence = 100;
    private int timestamp = 4_000;

    public RtpSender(InetSocketAddress to, int ssrc) {
        this(open(), to, ssrc);
    }

    /** Another stream from the same port. */
    public RtpSender(DatagramSocket socket, InetSocketAddress to, int ssrc) {
        this.socket = socket;
        this.to = to;
        this.ssrc = ssrc;
    }

    public static DatagramSocket open() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(3_000);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public DatagramSocket socket() {
        return socket;
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Sends packets of a loud square wave in PCMU, as fast as it goes. */
    public void send(int packets) {
        for (int i = 0; i < packets; i++) {
            byte[] sound = new byte[160];
            for (int j = 0; j < sound.length; j++) {
                sound[j] = (byte) (j / 8 % 2 == 0 ? 0x90 : 0x10);
            }
            packet(0, sound, timestamp);
            timestamp += 160;
        }
    }

    /** Presses a key (RFC 4733): three updates and the end three times. */
    public void press(int event, int payloadType) {
        for (int i = 1; i <= 6; i++) {
            int duration = Math.min(i, 4) * 160;
            byte[] payload = {(byte) event, (byte) (i > 3 ? 0x8A : 0x0A), (byte) (duration >> 8), (byte) duration};
            packet(payloadType, payload, timestamp);
        }
        timestamp += 640;
    }

    public void packet(int payloadType, byte[] payload, int at) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) payloadType).putShort((short) sequence++);
        packet.putInt(at).putInt(ssrc).put(payload);
        raw(packet.array());
    }

    public void raw(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next packet that comes back. */
    public byte[] receive() {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came back to " + socket.getLocalSocketAddress(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}
