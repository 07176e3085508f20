package dev.trunkline.core.time;

import java.time.Duration;
import java.time.Instant;

/** Time and alarms. The real one is the system's; tests have one that is moved by hand. Thread-safe. */
public interface Timekeeper {

    /** The time of day. */
    Instant now();

    /** A steady clock, comparable with the times of leg events. */
    long nanoTime();

    /** Runs something once, later, on a thread that must not be held up. */
    Alarm after(Duration delay, Runnable action);

    /** Something that is to happen. */
    @FunctionalInterface
    interface Alarm {
        /** Takes it back, if it has not happened. Idempotent. */
        void cancel();
    }
}
