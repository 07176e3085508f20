package dev.trunkline.media.jitter;

import org.jspecify.annotations.Nullable;

/** The packets that wait for their turn, in slots by sequence number; a slot remembers what it held last. */
final class WaitingPackets {

    private static final int SLOTS = 64;

    private final Slot[] slots = new Slot[SLOTS];

    WaitingPackets(int maxPayload) {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot(maxPayload);
        }
    }

    Slot slot(int seq) {
        return slots[seq & (SLOTS - 1)];
    }

    @Nullable
    Slot earliest() {
        Slot best = null;
        for (Slot slot : slots) {
            if (slot.isWaiting() && (best == null || slot.position < best.position)) {
                best = slot;
            }
        }
        return best;
    }

    /** Whether any sound after that position waits. */
    boolean anyAfter(long position) {
        for (Slot slot : slots) {
            if (slot.isWaiting() && slot.position + slot.samples > position) {
                return true;
            }
        }
        return false;
    }

    /** Gives up what lies wholly before that position; says how many packets that was. */
    int dropBefore(long position) {
        int dropped = 0;
        for (Slot slot : slots) {
            if (slot.isWaiting() && slot.position + slot.samples <= position) {
                slot.take();
                dropped++;
            }
        }
        return dropped;
    }

    void clear() {
        for (Slot slot : slots) {
            slot.state = Slot.FREE;
        }
    }

    /** One packet: its payload, and where in the stream it is, in samples. */
    static final class Slot {
        private static final int FREE = 0;
        private static final int WAITING = 1;
        private static final int GONE = 2;

        final byte[] payload;
        int length;
        long position;
        private long samples;
        private int seq;
        private int state = FREE;

        Slot(int maxPayload) {
            payload = new byte[maxPayload];
        }

        boolean isWaiting() {
            return state == WAITING;
        }

        /** Whether that very packet waits here or went through here. */
        boolean holds(int packetSeq, long packetPosition) {
            return state != FREE && seq == packetSeq && position == packetPosition;
        }

        void fill(int packetSeq, long packetPosition, long packetSamples, byte[] buf, int off, int len) {
            seq = packetSeq;
            position = packetPosition;
            samples = packetSamples;
            length = len;
            System.arraycopy(buf, off, payload, 0, len);
            state = WAITING;
        }

        /** Its turn came. */
        void take() {
            state = GONE;
        }

        /** Remembers a packet that came too late, so that its copy counts as one. */
        void markGone(int packetSeq, long packetPosition) {
            if (state != WAITING) {
                seq = packetSeq;
                position = packetPosition;
                state = GONE;
            }
        }
    }
}
