package dev.trunkline.app.engine;

import dev.trunkline.core.time.Timekeeper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clocks, and alarms on one thread of its own. */
public final class SystemTimekeeper implements Timekeeper, AutoCloseable {

    private static final Logger LOG = System.getLogger(SystemTimekeeper.class.getName());

    private final ScheduledThreadPoolExecutor alarms;

    /** Starts the thread. */
    public SystemTimekeeper() {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("alarms").daemon().factory());
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
        try {
            ScheduledFuture<?> alarm = alarms.schedule(() -> run(action), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        } catch (RejectedExecutionException e) {
            // the server is being stopped: nothing happens later any more
            return () -> {};
        }
    }

    /** Runs something again and again, until the end. */
    void every(Duration period, Runnable action) {
        alarms.scheduleWithFixedDelay(() -> run(action), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "an alarm failed", e);
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
