package dev.trunkline.media.handover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one thread changes and any thread reads; costs no more than a field. */
public final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // read through the handle too
    private long value;

    /** One more; only for the owning thread. */
    public void increment() {
        add(1);
    }

    /** More by that much; only for the owning thread. */
    public void add(long amount) {
        VALUE.setOpaque(this, value + amount);
    }

    /** Becomes that number; only for the owning thread. */
    public void set(long number) {
        VALUE.setOpaque(this, number);
    }

    /** The number, as of now or a moment ago. */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
