package dev.trunkline.media.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says whose frame is due when: 20 slots of 1 ms make a round of 20 ms, and each member has its turn once a round. Turns
 * are reckoned from a fixed origin, never from the turn before, so nothing drifts. After a stall at most
 * {@link #CATCH_UP_ROUNDS} rounds are made up for, older ones are left out; the round's number, which goes on with the
 * clock, tells a member what it has missed.
 *
 * <p>Knows no clock of its own and is not thread-safe: its owner asks {@link #nextDeadline()}, sleeps, and calls
 * {@link #advance}.
 *
 * @param <M> who takes turns
 */
final class PacingWheel<M> {

    static final int SLOTS = 20;
    static final long TICK_NANOS = 1_000_000;
    static final long ROUND_NANOS = SLOTS * TICK_NANOS;

    /** Rounds that are made up for after a stall: a peer's jitter buffer holds that much. */
    static final int CATCH_UP_ROUNDS = 2;

    /** Takes its turn. */
    interface Turn<M> {

        /**
         * A member's frame is due.
         *
         * @param round goes up by one every 20 ms, by more after a stall
         * @param deadline when it was due, by the owner's clock in nanoseconds
         */
        void due(M member, long round, long deadline);
    }

    private static final int ALL = (1 << SLOTS) - 1;

    private final long origin;
    private final @Nullable Object[][] members = new Object[SLOTS][4];
    private final int[] counts = new int[SLOTS];
    private int occupied;
    private long nextTick;
    private long skippedRounds;

    /** A wheel whose first tick is then. */
    PacingWheel(long origin) {
        this.origin = origin;
    }

    /** Gives a member its turn in the slot with the fewest members; its first turn is within 20 ms. Returns the slot. */
    int add(M member) {
        int best = 0;
        for (int slot = 1; slot < SLOTS; slot++) {
            if (counts[slot] < counts[best]) {
                best = slot;
            }
        }
        if (counts[best] == members[best].length) {
            members[best] = Arrays.copyOf(members[best], counts[best] * 2);
        }
        members[best][counts[best]++] = member;
        occupied |= 1 << best;
        return best;
    }

    /** Takes a member out of its slot; allowed for the member whose turn it is. */
    void remove(M member, int slot) {
        @Nullable Object[] inSlot = members[slot];
        for (int i = 0; i < counts[slot]; i++) {
            if (inSlot[i] == member) {
                inSlot[i] = inSlot[--counts[slot]];
                inSlot[counts[slot]] = null;
                if (counts[slot] == 0) {
                    occupied &= ~(1 << slot);
                }
                return;
            }
        }
    }

    /** When somebody's next turn is; {@link Long#MAX_VALUE} if there is nobody. */
    long nextDeadline() {
        return occupied == 0 ? Long.MAX_VALUE : deadlineOf(nextOccupied(nextTick));
    }

    /** Gives their turns to all that are due at that time. */
    @SuppressWarnings("unchecked") // only M gets in
    void advance(long now, Turn<M> turn) {
        long current = Math.floorDiv(now - origin, TICK_NANOS);
        long behind = (current - nextTick) / SLOTS;
        if (behind > CATCH_UP_ROUNDS) {
            long skip = behind - CATCH_UP_ROUNDS;
            nextTick += skip * SLOTS;
            if (occupied != 0) {
                skippedRounds += skip;
            }
        }
        while (occupied != 0) {
            long tick = nextOccupied(nextTick);
            if (tick > current) {
                break;
            }
            nextTick = tick + 1;
            int slot = (int) (tick % SLOTS);
            // backwards, because the member whose turn it is may be removed
            for (int i = counts[slot] - 1; i >= 0; i--) {
                turn.due((M) members[slot][i], tick / SLOTS, deadlineOf(tick));
            }
        }
        nextTick = Math.max(nextTick, current + 1);
    }

    /** Rounds left out after stalls while there were members. */
    long skippedRounds() {
        return skippedRounds;
    }

    private long deadlineOf(long tick) {
        return origin + tick * TICK_NANOS;
    }

    private long nextOccupied(long from) {
        int slot = (int) (from % SLOTS);
        int rotated = ((occupied >>> slot) | (occupied << (SLOTS - slot))) & ALL;
        return from + Integer.numberOfTrailingZeros(rotated);
    }
}
