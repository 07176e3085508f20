package dev.trunkline.media.resample;

import java.util.Arrays;
import java.util.Objects;

/**
 * Changes the rate of one stream of mono samples, piece by piece without seams, by a polyphase windowed sinc. Flat to
 * 0.42 of the lower rate, 60 dB and more down from half of it.
 *
 * <p>The output is aligned with the input: output sample n sounds at the time of input n * in / out, and after {@link
 * #flush} there are exactly as many as the input's duration asks for. The price is the look-ahead of {@link
 * #latencySamples}: the first piece yields that much less. For one stream and one thread; coefficients are shared, and
 * nothing is allocated after construction.
 */
public final class Resampler {

    private static final int BLOCK = 1_024;
    private static final long ROUND = 1L << (SincTable.INVERSE_BITS - 1);

    private final int inRate;
    private final int outRate;
    private final SincTable table;
    private final int taps;
    private final int[] buffer;

    private int filled;
    private int start;
    private int phase;
    private long taken;
    private long given;

    /**
     * @param inRate 1 to 192,000 Hz
     * @param outRate 1 to 192,000 Hz
     * @throws IllegalArgumentException if the ratio needs an unreasonable table (rates that have next to nothing in
     *     common); all of 8, 11.025, 16, 22.05, 24, 32, 44.1, 48 and 96 kHz go with each other
     */
    public Resampler(int inRate, int outRate) {
        if (inRate < 1 || outRate < 1 || inRate > 192_000 || outRate > 192_000) {
            throw new IllegalArgumentException("rates out of range: " + inRate + ", " + outRate);
        }
        this.inRate = inRate;
        this.outRate = outRate;
        table = SincTable.of(inRate, outRate);
        taps = 2 * table.half();
        buffer = new int[inRate == outRate ? 0 : taps + BLOCK];
        reset();
    }

    /** Forgets the stream. */
    public void reset() {
        Arrays.fill(buffer, 0);
        filled = table.half() - 1;
        start = 0;
        phase = 0;
        taken = 0;
        given = 0;
    }

    /** The most that a piece of that many samples can yield, the rest of earlier ones included. */
    public int maxOutput(int samples) {
        return (int) ((samples + (long) table.half()) * table.up() / table.down()) + 1;
    }

    /** How far it looks ahead, in input samples. */
    public int latencySamples() {
        return inRate == outRate ? 0 : table.half();
    }

    /**
     * Takes the next piece.
     *
     * @return samples written, up to {@link #maxOutput}
     * @throws IndexOutOfBoundsException if the output might not fit
     */
    public int process(short[] in, int off, int samples, short[] out, int outOff) {
        Objects.checkFromIndexSize(off, samples, in.length);
        if (inRate == outRate) {
            System.arraycopy(in, off, out, outOff, samples);
            return samples;
        }
        int written = 0;
        int done = 0;
        while (done < samples) {
            int piece = Math.min(samples - done, buffer.length - filled);
            for (int i = 0; i < piece; i++) {
                buffer[filled + i] = in[off + done + i];
            }
            filled += piece;
            done += piece;
            taken += piece;
            written += produce(out, outOff + written, Long.MAX_VALUE);
        }
        given += written;
        return written;
    }

    /**
     * The stream ends: yields what the look-ahead still holds, and forgets the stream.
     *
     * @return samples written, up to {@code maxOutput(0)}
     */
    public int flush(short[] out, int outOff) {
        if (inRate == outRate) {
            return 0;
        }
        long due = (taken * table.up() + table.down() - 1) / table.down() - given;
        int written = 0;
        int zeros = table.half();
        while (zeros > 0 && written < due) {
            int piece = Math.min(zeros, buffer.length - filled);
            Arrays.fill(buffer, filled, filled + piece, 0);
            filled += piece;
            zeros -= piece;
            written += produce(out, outOff + written, due - written);
        }
        reset();
        return written;
    }

    private int produce(short[] out, int outOff, long most) {
        int up = table.up();
        int step = table.down() / up;
        int phaseStep = table.down() % up;
        long inverse = table.inverse();
        int[] coefficients = table.taps();
        int written = 0;
        while (start + taps <= filled && written < most) {
            long sum = dot(coefficients, phase * taps, buffer, start, taps);
            int value = (int) ((sum * inverse + ROUND) >> SincTable.INVERSE_BITS);
            out[outOff + written++] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
            start += step;
            phase += phaseStep;
            if (phase >= up) {
                phase -= up;
                start++;
            }
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        return written;
    }

    private static int dot(int[] a, int aOff, int[] b, int bOff, int n) {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[aOff + i] * b[bOff + i];
        }
        return sum;
    }
}
