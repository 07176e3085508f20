package dev.trunkline.media.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One media thread with the sockets of its calls: it sleeps until a packet has come, a frame is due or an order has been
 * given. It reads one packet of each ready socket in turn, so a flood on one call does not starve the others, and looks
 * at the wheel after each round of reading. It takes no lock of ours and allocates nothing per packet; what it does for
 * one call cannot end it, nor hurt another call.
 */
final class Shard implements Runnable {

    private static final Logger LOG = System.getLogger(Shard.class.getName());
    private static final int LARGEST_DATAGRAM = 2_048;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long BREATH_NANOS = 1_000_000;

    final int index;
    final ShardCounters counters = new ShardCounters();

    /** Where a datagram is read to and written from; of the shard's thread. */
    final byte[] received = new byte[LARGEST_DATAGRAM];

    final byte[] toSend = new byte[LARGEST_DATAGRAM];
    final ByteBuffer inbound = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    final ByteBuffer outbound = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    final short[] samples = new short[LARGEST_DATAGRAM];

    private final Selector selector;
    private final PacingWheel<RtpSession> wheel = new PacingWheel<>(System.nanoTime());
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Consumer<SelectionKey> onReady = this::ready;
    private final PacingWheel.Turn<RtpSession> onTurn = this::turn;
    private final Thread thread;
    private volatile boolean closing;

    Shard(int index) throws IOException {
        this.index = index;
        selector = Selector.open();
        thread = Thread.ofPlatform().name("media-" + index).daemon(true).unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** For the allocation test and for dumps. */
    Thread thread() {
        return thread;
    }

    /** Has something done on the shard's thread, after everything that was ordered before. */
    void execute(Runnable order) {
        orders.add(order);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Takes a session in; on the shard's thread. */
    void add(RtpSession session) throws IOException {
        session.register(selector);
        session.slot = wheel.add(session);
    }

    /** Reads a shared port from now on; on the shard's thread. */
    void watch(SharedPort port) throws IOException {
        port.register(selector);
    }

    /** Lets a session go; on the shard's thread. */
    void remove(RtpSession session) {
        wheel.remove(session, session.slot);
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                carryOutOrders();
                sleep();
                wheel.advance(System.nanoTime(), onTurn);
                counters.roundsSkipped.set(wheel.skippedRounds());
            } catch (Exception | LinkageError | AssertionError e) {
                counters.threadErrors.increment();
                LOG.log(Level.ERROR, "media thread " + index + " goes on after an error", e);
                // whatever it is, it must not eat the processor
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }
        closeAll();
    }

    private void carryOutOrders() {
        Runnable order = orders.poll();
        while (order != null) {
            order.run();
            order = orders.poll();
        }
    }

    private void sleep() throws IOException {
        if (closing) {
            return;
        }
        long deadline = wheel.nextDeadline();
        if (deadline == Long.MAX_VALUE) {
            selector.select(onReady);
            return;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
    }

    private void ready(SelectionKey key) {
        ReadyPort port = (ReadyPort) key.attachment();
        try {
            port.receive(this);
        } catch (Exception | LinkageError | AssertionError e) {
            fail(port, e);
        }
    }

    private void turn(RtpSession session, long round, long deadline) {
        try {
            session.round(this, round, deadline);
        } catch (Exception | LinkageError | AssertionError e) {
            fail(session, e);
        }
    }

    /** Something of a socket's failed: it alone suffers for it. */
    void fail(ReadyPort port, Throwable e) {
        counters.sessionErrors.increment();
        LOG.log(Level.ERROR, port + " is closed because its processing failed", e);
        port.fail(e);
    }

    private void closeAll() {
        try {
            carryOutOrders();
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                ((ReadyPort) key.attachment()).leave();
            }
            selector.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "media thread " + index + " closed untidily", e);
        }
    }

    /** Ends the thread and closes all its sessions. */
    void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
