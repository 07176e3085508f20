package dev.trunkline.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The least that a media server in Java can do: one socket a call, each packet read, and a packet sent 50 times a second with
 * the sound that came last. No voice activity, no codec, no conversation. What the server costs above this is its own doing.
 *
 * <p>Frozen: figures of years are compared with it. Without dependencies, so that it runs by itself: {@code java
 * BareLoop.java 100}; {@code ./trunkline load --bare} does that. Prints {@code ready} and its ports, and runs until it is
 * stopped.
 */
public final class BareLoop {

    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;
    private static final int HEADER = 12;
    private static final int FRAME = 160;
    private static final SocketAddress NOBODY = new InetSocketAddress(0);

    private static final class Line {
        final DatagramChannel channel;
        final byte[] sound = new byte[FRAME];
        final int ssrc = new Random().nextInt();
        int sequence;
        SocketAddress remote = NOBODY;

        Line(DatagramChannel channel) {
            this.channel = channel;
        }
    }

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048);
    private final List<List<Line>> slots = new ArrayList<>();
    private final long origin = System.nanoTime();

    private BareLoop() throws IOException {}

    /** Runs it; the argument is the number of sockets. */
    public static void main(String[] arguments) throws IOException {
        BareLoop loop = new BareLoop();
        StringBuilder ready = new StringBuilder("ready");
        for (int i = 0; i < SLOTS; i++) {
            loop.slots.add(new ArrayList<>());
        }
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            ready.append(' ').append(loop.open(i));
        }
        System.out.println(ready);
        loop.run();
    }

    private int open(int number) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        Line line = new Line(channel);
        channel.register(selector, SelectionKey.OP_READ, line);
        slots.get(number % SLOTS).add(line);
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private void run() throws IOException {
        long slot = 0;
        while (true) {
            long now = System.nanoTime();
            while (origin + slot * SLOT_NANOS <= now) {
                for (Line line : slots.get((int) (slot % SLOTS))) {
                    send(line, (int) (slot / SLOTS));
                }
                slot++;
            }
            long left = origin + slot * SLOT_NANOS - System.nanoTime();
            if (left > 0) {
                selector.select(this::receive, (left + SLOT_NANOS - 1) / SLOT_NANOS);
            } else {
                selector.selectNow(this::receive);
            }
        }
    }

    private void receive(SelectionKey key) {
        Line line = (Line) key.attachment();
        try {
            buffer.clear();
            SocketAddress from = line.channel.receive(buffer);
            if (from != null && buffer.flip().remaining() >= HEADER + FRAME) {
                line.remote = from;
                buffer.position(HEADER).get(line.sound);
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private void send(Line line, int round) throws IOException {
        if (line.remote != NOBODY) {
            buffer.clear();
            buffer.put((byte) 0x80).put((byte) 0);
            buffer.putShort((short) line.sequence++).putInt(round * FRAME).putInt(line.ssrc);
            buffer.put(line.sound).flip();
            line.channel.send(buffer, line.remote);
        }
    }
}
