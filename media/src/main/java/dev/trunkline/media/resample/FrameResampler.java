package dev.trunkline.media.resample;

import java.util.Objects;

/**
 * A {@link Resampler} for sound that comes in frames and has to go on in frames: what its look-ahead holds back is made
 * up for by silence at the beginning, so that each piece yields what its duration asks for, some 3.5 ms later. Without
 * a change of rate nothing is done and nothing delayed. For one stream and one thread; nothing is allocated after
 * construction.
 */
public final class FrameResampler {

    private final int inRate;
    private final int outRate;
    private final Resampler resampler;
    private final short[] silence;
    private final short[] nothing;
    private boolean fresh = true;

    /** @throws IllegalArgumentException if the rates don't go together, see {@link Resampler} */
    public FrameResampler(int inRate, int outRate) {
        this.inRate = inRate;
        this.outRate = outRate;
        resampler = new Resampler(inRate, outRate);
        silence = new short[resampler.latencySamples()];
        nothing = new short[resampler.maxOutput(silence.length)];
    }

    /** What comes in, in Hz. */
    public int inRate() {
        return inRate;
    }

    /** What goes out, in Hz. */
    public int outRate() {
        return outRate;
    }

    /** The most that a piece of that many samples can yield. */
    public int maxOutput(int samples) {
        return resampler.maxOutput(samples);
    }

    /**
     * Takes the next piece; input and output are different arrays.
     *
     * @return samples written
     */
    public int process(short[] in, int off, int samples, short[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, in.length);
        if (fresh) {
            fresh = false;
            resampler.process(silence, 0, silence.length, nothing, 0);
        }
        return resampler.process(in, off, samples, out, outOff);
    }

    /** Another stream begins. */
    public void reset() {
        if (!fresh) {
            fresh = true;
            resampler.reset();
        }
    }
}
