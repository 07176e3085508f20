package dev.trunkline.core.conversation;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A call's events, done one after the other and in order, whoever posts them. While there is something to do it occupies one
 * task of the executor (a virtual thread), and none while there is nothing. Bounded: what may be dropped is refused early,
 * and what may not be dropped only at a limit that a living conversation never reaches. Posting never blocks.
 */
final class Mailbox {

    /** Pending events beyond which those are refused that a later one replaces anyway. */
    private static final int CROWDED = 128;

    /** Pending events beyond which everything is refused. */
    private static final int FULL = 4096;

    private final Executor executor;
    private final Consumer<RuntimeException> failures;
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();

    /**
     * An empty mailbox.
     *
     * @param failures told of an exception that an event's action threw; the mailbox goes on
     */
    Mailbox(Executor executor, Consumer<RuntimeException> failures) {
        this.executor = executor;
        this.failures = failures;
    }

    /** Does something later, in its turn. */
    void post(Runnable event) {
        offer(event, FULL);
    }

    /** The same for something that the next of its kind replaces: dropped and counted when the mailbox is crowded. */
    void postReplaceable(Runnable event) {
        offer(event, CROWDED);
    }

    /** Events that were refused. */
    long refused() {
        return refused.get();
    }

    private void offer(Runnable event, int limit) {
        if (pending.incrementAndGet() > limit) {
            pending.decrementAndGet();
            refused.incrementAndGet();
            return;
        }
        events.add(event);
        drainElsewhere();
    }

    private void drainElsewhere() {
        if (!events.isEmpty() && draining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        try {
            for (Runnable event = events.poll(); event != null; event = events.poll()) {
                pending.decrementAndGet();
                try {
                    event.run();
                } catch (RuntimeException e) {
                    failures.accept(e);
                }
            }
        } finally {
            draining.set(false);
            // an event may have come between the last poll and the line above
            drainElsewhere();
        }
    }
}
