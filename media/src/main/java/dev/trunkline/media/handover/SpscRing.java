package dev.trunkline.media.handover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ring of slots that are made once and used again and again, from exactly one producing thread to exactly one
 * consuming thread (the single-producer single-consumer queue of Lamport, 1983, with cached indices). The producer
 * claims a slot, fills and publishes it; the consumer looks at slots and releases them. Nobody waits.
 *
 * @param <S> a slot; its fields need no synchronisation of their own
 */
public final class SpscRing<S> {

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(SpscRing.class, "head", long.class);
            TAIL = MethodHandles.lookup().findVarHandle(SpscRing.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final List<S> slots;
    private final int mask;

    /** Next slot that the consumer looks at; written by the consumer. */
    private long head;

    /** Next slot that the producer claims; written by the producer. */
    private long tail;

    private long headSeenByProducer;

    /**
     * A ring with that many slots.
     *
     * @param capacity rounded up to a power of two
     */
    public SpscRing(int capacity, Supplier<S> maker) {
        int size = Integer.highestOneBit(Math.max(1, capacity - 1)) << (capacity > 1 ? 1 : 0);
        mask = size - 1;
        slots = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            slots.add(maker.get());
        }
    }

    /** How many slots there are. */
    public int capacity() {
        return mask + 1;
    }

    /** A slot to fill, or null if all are taken. Producer only. Claiming again without publishing gives the same. */
    public @Nullable S claim() {
        if (tail - headSeenByProducer > mask) {
            headSeenByProducer = (long) HEAD.getAcquire(this);
            if (tail - headSeenByProducer > mask) {
                return null;
            }
        }
        return slots.get((int) tail & mask);
    }

    /** Hands over the slot claimed last. Producer only. */
    public void publish() {
        TAIL.setRelease(this, tail + 1);
    }

    /** How many slots wait to be looked at. Consumer only. */
    public int available() {
        return (int) ((long) TAIL.getAcquire(this) - head);
    }

    /** A waiting slot. Consumer only; index below {@link #available()}. */
    public S peek(int index) {
        return slots.get((int) (head + index) & mask);
    }

    /** Gives slots back, the oldest first. Consumer only. */
    public void release(int count) {
        HEAD.setRelease(this, head + count);
    }
}
