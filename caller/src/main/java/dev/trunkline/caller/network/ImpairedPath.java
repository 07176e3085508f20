package dev.trunkline.caller.network;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A one-way path that loses, delays, swaps and doubles packets. Each packet draws the same count of random numbers whatever
 * becomes of it, so that a setting changed leaves the others' decisions as they were. Times are given by the caller. Used by
 * one thread.
 */
public final class ImpairedPath {

    private record InFlight(long due, long order, byte[] packet) {}

    private final Impairments impairments;
    private final SplittableRandom random;
    private final PriorityQueue<InFlight> inFlight =
            new PriorityQueue<>(Comparator.comparingLong(InFlight::due).thenComparingLong(InFlight::order));
    private byte @Nullable [] heldBack;
    private long lastDue = Long.MIN_VALUE;
    private long order;
    private long lost;
    private long duplicated;
    private long reordered;

    /** A path with those faults. */
    public ImpairedPath(Impairments impairments) {
        this.impairments = impairments;
        this.random = new SplittableRandom(impairments.seed());
    }

    /** Sends a packet into the path; the array is given away. */
    public void send(byte[] packet, long nowNanos) {
        boolean lose = random.nextDouble() * 100 < impairments.lossPercent();
        boolean twice = random.nextDouble() * 100 < impairments.duplicatePercent();
        boolean swap = random.nextDouble() * 100 < impairments.reorderPercent();
        double delay = random.nextDouble() * 2 * impairments.jitterMillis();
        long due = Math.max(lastDue, nowNanos + (long) (delay * 1_000_000));
        lastDue = due;
        if (lose) {
            lost++;
            return;
        }
        byte[] waiting = heldBack;
        heldBack = null;
        if (swap && waiting == null) {
            heldBack = packet;
            reordered++;
        } else {
            inFlight.add(new InFlight(due, order++, packet));
        }
        if (twice) {
            duplicated++;
            inFlight.add(new InFlight(due, order++, packet));
        }
        if (waiting != null) {
            inFlight.add(new InFlight(due, order++, waiting));
        }
    }

    /** The next packet that has arrived by then, or null. */
    public byte @Nullable [] arrived(long nowNanos) {
        InFlight first = inFlight.peek();
        if (first == null || first.due() > nowNanos) {
            return null;
        }
        inFlight.poll();
        return first.packet();
    }

    /** When the next packet arrives; {@link Long#MAX_VALUE} if none is under way. */
    public long nextDue() {
        InFlight first = inFlight.peek();
        return first == null ? Long.MAX_VALUE : first.due();
    }

    /** Packets lost so far. */
    public long lost() {
        return lost;
    }

    /** Packets doubled so far. */
    public long duplicated() {
        return duplicated;
    }

    /** Packets held back behind the next so far. */
    public long reordered() {
        return reordered;
    }
}
