package dev.trunkline.caller.load;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * One thread that sends and receives for many callers. A round of 20 ms has twenty slots of 1 ms, each caller sends in one of
 * them, by absolute deadlines; between them it sleeps until a packet comes. Deliberately nothing of the server's media
 * engine, so that it is a witness of it.
 */
final class LoadShard implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LoadShard.class.getName());

    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;
    private static final int LARGEST_DATAGRAM = 2_048;

    private final Selector selector;
    private final Thread thread;
    private final long origin = System.nanoTime();
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final Consumer<SelectionKey> onReady = this::ready;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final List<List<LoadCaller>> slots = new ArrayList<>();
    private int members;
    private long nextSlot;
    private volatile boolean closing;

    LoadShard(int index) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        thread = Thread.ofPlatform().name("load-" + index).daemon().start(this::run);
    }

    /** A caller's call is answered: its sound begins. Any thread. */
    void join(LoadCaller caller, SocketAddress remote) {
        order(() -> {
            try {
                caller.join(remote, nextSlot / SLOTS);
                caller.ports.media().register(selector, SelectionKey.OP_READ, caller);
                slots.get(members++ % SLOTS).add(caller);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "caller " + caller.number + " can't send to " + remote, e);
            }
        });
    }

    /** Has something done with each caller that has joined, and waits for it. Any thread but this one. */
    void forEach(Consumer<LoadCaller> action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        order(() -> {
            try {
                slots.forEach(slot -> slot.forEach(action));
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        done.join();
    }

    private void order(Runnable order) {
        orders.add(order);
        selector.wakeup();
    }

    private void run() {
        while (!closing) {
            try {
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                sendDue();
                sleep();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "the load generator goes on after an error", e);
            }
        }
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (deadline(nextSlot) <= now) {
            for (LoadCaller caller : slots.get((int) (nextSlot % SLOTS))) {
                try {
                    caller.send(nextSlot / SLOTS, deadline(nextSlot), buffer);
                } catch (IOException e) {
                    caller.failed(e);
                }
            }
            nextSlot++;
        }
    }

    private void sleep() throws IOException {
        long occupied = nextSlot;
        while (members > 0 && slots.get((int) (occupied % SLOTS)).isEmpty()) {
            occupied++;
        }
        long left = deadline(occupied) - System.nanoTime();
        if (members == 0) {
            selector.select(onReady, SLOTS);
        } else if (left <= 0) {
            selector.selectNow(onReady);
        } else {
            selector.select(onReady, (left + SLOT_NANOS - 1) / SLOT_NANOS);
        }
    }

    private void ready(SelectionKey key) {
        LoadCaller caller = (LoadCaller) key.attachment();
        try {
            caller.receive(buffer);
        } catch (IOException e) {
            caller.failed(e);
        }
    }

    private long deadline(long slot) {
        return origin + slot * SLOT_NANOS;
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(2_000);
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the load generator closed untidily", e);
        }
    }
}
