package dev.trunkline.models.pool;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A piece of work given to a {@link ModelPool}. Thread-safe. */
public final class ModelTask {

    private final ModelPool pool;
    private final Priority priority;
    private @Nullable Runnable work;

    ModelTask(ModelPool pool, Priority priority, Runnable work) {
        this.pool = pool;
        this.priority = priority;
        this.work = work;
    }

    /** Its place in the order. */
    public Priority priority() {
        return priority;
    }

    /**
     * Takes it out of the queue.
     *
     * @return true if it had not begun and now never will
     */
    public boolean cancel() {
        return pool.remove(this);
    }

    /** Takes the work out, so that what it holds is free as soon as it is done. By the pool, once. */
    Runnable begin() {
        Runnable taken = Objects.requireNonNull(work, "begun twice");
        work = null;
        return taken;
    }

    void forget() {
        work = null;
    }
}
