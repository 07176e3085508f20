package dev.trunkline.caller.load;

import java.util.Arrays;

/**
 * How late the packets of one stream come, against an ideal clock: the RTP timestamps say when each is due, and the packet
 * that came soonest after its timestamp says where that clock's zero lies. The zero is found anew for every stretch of 1,500
 * packets (30 s), so that a slow drift of clocks is no lateness. Used by one thread; allocates nothing per packet.
 */
final class LatenessMeter {

    private static final int STRETCH = 1_500;

    /** A step of the timestamps beyond that is a new stream, in nanoseconds. */
    private static final long ASTRAY = 2_000_000_000L;

    private final Histogram lateness;
    private final long nanosPerTick;
    private final long[] transits = new long[STRETCH];
    private int filled;
    private boolean started;
    private int lastTimestamp;
    private long due;

    /**
     * Measures.
     *
     * @param clockRate of the timestamps in Hz
     * @param lateness takes the result, a stretch at a time
     */
    LatenessMeter(int clockRate, Histogram lateness) {
        this.nanosPerTick = 1_000_000_000L / clockRate;
        this.lateness = lateness;
    }

    /** A packet came. */
    void packet(int timestamp, long arrivalNanos) {
        if (started) {
            due += (timestamp - lastTimestamp) * nanosPerTick;
        }
        if (!started || Math.abs(arrivalNanos - due) > ASTRAY) {
            finish();
            started = true;
            due = arrivalNanos;
        }
        lastTimestamp = timestamp;
        if (filled == STRETCH) {
            finish();
        }
        transits[filled++] = arrivalNanos - due;
    }

    /** Closes the stretch. */
    void finish() {
        if (filled == 0) {
            return;
        }
        long least = Arrays.stream(transits, 0, filled).min().orElse(0);
        for (int i = 0; i < filled; i++) {
            lateness.add(transits[i] - least);
        }
        filled = 0;
    }
}
