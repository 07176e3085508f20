package dev.trunkline.media.engine;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** The other end of a session: sends packets as told and keeps everything that comes. */
final class TestPeer implements AutoCloseable {

    static final int FRAME = 160;

    record Received(
            long nanoTime,
            boolean marker,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc,
            byte[] payload,
            int sourcePort) {

        boolean isSilence() {
            for (byte b : payload) {
                int linear = payloadType == 8 ? G711.alawToLinear(b) : G711.mulawToLinear(b);
                if (Math.abs(linear) > 8) {
                    return false;
                }
            }
            return true;
        }

        short[] linear() {
            short[] samples = new short[payload.length];
            if (payloadType == 8) {
                G711.alawToLinear(payload, 0, payload.length, samples, 0);
            } else {
                G711.mulawToLinear(payload, 0, payload.length, samples, 0);
            }
            return samples;
        }
    }

    private final DatagramSocket socket;
    private final Thread reader;
    private volatile InetSocketAddress target;
    final List<Received> received = new CopyOnWriteArrayList<>();
    int ssrc = 0x1234;
    int sequence = 1_000;
    int timestamp = 50_000;

    TestPeer(InetSocketAddress target) {
        this.target = target;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = Thread.ofPlatform().daemon(true).name("test-peer").start(this::read);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void target(InetSocketAddress other) {
        target = other;
    }

    private void read() {
        byte[] buffer = new byte[2_048];
        RtpPacket packet = new RtpPacket();
        while (!socket.isClosed()) {
            try {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                long now = System.nanoTime();
                if (packet.wrap(buffer, 0, datagram.getLength()) == RtpPacket.Fault.NONE) {
                    received.add(new Received(
                            now,
                            packet.marker(),
                            packet.payloadType(),
                            packet.sequence(),
                            packet.timestamp(),
                            packet.ssrc(),
                            Arrays.copyOfRange(
                                    buffer, packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength()),
                            datagram.getPort()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Sends the next packet of mu-law made of these samples. */
    void say(short[] samples) {
        byte[] payload = new byte[samples.length];
        G711.linearToMulaw(samples, 0, samples.length, payload, 0);
        send(0, payload, sequence++, timestamp);
        timestamp += samples.length;
    }

    /** Says all of it at the pace of a telephone; returns when it is said. */
    void sayInRealTime(short[] samples) {
        long due = System.nanoTime();
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            say(Arrays.copyOfRange(samples, at, at + FRAME));
            due += 20_000_000;
        }
    }

    /** Says all of it in one burst. */
    void sayAtOnce(short[] samples) {
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            say(Arrays.copyOfRange(samples, at, at + FRAME));
        }
    }

    /** The sound that came, without packets of silence. */
    short[] voiced() {
        List<Received> voiced = received.stream().filter(p -> !p.isSilence()).toList();
        short[] all =
                new short[voiced.stream().mapToInt(p -> p.payload().length).sum()];
        int at = 0;
        for (Received packet : voiced) {
            short[] part = packet.linear();
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    void sayNothing() {
        say(new short[FRAME]);
    }

    void send(int payloadType, byte[] payload, int seq, int ts) {
        byte[] datagram = new byte[RtpPacket.HEADER + payload.length];
        RtpPacket.writeHeader(datagram, 0, false, payloadType, seq & 0xFFFF, ts, ssrc);
        System.arraycopy(payload, 0, datagram, RtpPacket.HEADER, payload.length);
        raw(datagram);
    }

    void raw(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            reader.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
