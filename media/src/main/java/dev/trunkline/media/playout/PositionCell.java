package dev.trunkline.media.playout;

import java.lang.invoke.VarHandle;

/**
 * A position that one thread writes without allocating and any thread reads whole: a sequence lock. The writer never
 * waits; a reader tries again if the writer was at it.
 */
final class PositionCell {

    private volatile long version;
    private long generation;
    private long samples;
    private boolean held;

    void set(long newGeneration, long newSamples, boolean newHeld) {
        long before = version;
        version = before + 1;
        VarHandle.storeStoreFence();
        generation = newGeneration;
        samples = newSamples;
        held = newHeld;
        version = before + 2;
    }

    PlaybackPosition get() {
        while (true) {
            long before = version;
            PlaybackPosition read = new PlaybackPosition(generation, samples, held);
            VarHandle.loadLoadFence();
            if ((before & 1) == 0 && before == version) {
                return read;
            }
            Thread.onSpinWait();
        }
    }
}
