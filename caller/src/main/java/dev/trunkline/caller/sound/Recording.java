package dev.trunkline.caller.sound;

import dev.trunkline.sound.AudioChunk;
import java.util.Arrays;

/**
 * Sound on the wall clock: sample 0 is the moment of the answer, and what never came is silence. 8 kHz, one channel. Used by
 * one thread.
 */
public final class Recording {

    /** Samples a second. */
    public static final int RATE = 8_000;

    private final long limit;
    private short[] samples = new short[RATE * 30];
    private int length;

    /**
     * An empty recording.
     *
     * @param maxSamples what lies beyond is not kept
     */
    public Recording(long maxSamples) {
        this.limit = Math.min(maxSamples, Integer.MAX_VALUE - 8L);
    }

    /** Puts samples at a place; what lies before the start or beyond the limit is not kept. */
    public void write(long position, short[] pcm, int offset, int count) {
        long from = Math.max(0, position);
        int skipped = (int) Math.min(count, from - position);
        long to = Math.min(limit, position + count);
        int kept = (int) (to - from);
        if (kept <= 0) {
            return;
        }
        if (to > samples.length) {
            samples = Arrays.copyOf(samples, (int) Math.min(limit, Math.max(to, samples.length * 2L)));
        }
        System.arraycopy(pcm, offset + skipped, samples, (int) from, kept);
        length = Math.max(length, (int) to);
    }

    /** Makes it reach at least to that sample. */
    public void extendTo(long position) {
        int to = (int) Math.clamp(position, 0L, limit);
        if (to > samples.length) {
            samples = Arrays.copyOf(samples, to);
        }
        length = Math.max(length, to);
    }

    /** Everything. */
    public AudioChunk all() {
        return AudioChunk.ofPcm(Arrays.copyOf(samples, length), RATE);
    }
}
