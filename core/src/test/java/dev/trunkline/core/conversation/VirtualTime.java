package dev.trunkline.core.conversation;

import dev.trunkline.core.time.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/** A clock that is moved by hand, and the one thread of everything that happens by it. */
final class VirtualTime implements Timekeeper, Executor {

    private static final Instant EPOCH = Instant.parse("2026-01-01T09:00:00Z");

    private record Due(long nanos, long order, Runnable action) {}

    private final PriorityQueue<Due> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::order));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private long nanos = 1_000_000_000L;
    private long order;

    @Override
    public Instant now() {
        return EPOCH.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        Due due = new Due(nanos + delay.toNanos(), order++, action);
        alarms.add(due);
        return () -> alarms.remove(due);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    long millis() {
        return nanos / 1_000_000;
    }

    /** Lets time pass; everything that falls due happens in order. */
    void pass(long millis) {
        long until = nanos + millis * 1_000_000;
        settle();
        while (!alarms.isEmpty() && alarms.peek().nanos() <= until) {
            Due due = alarms.remove();
            nanos = Math.max(nanos, due.nanos());
            due.action().run();
            settle();
        }
        nanos = until;
    }

    private void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
