package dev.trunkline.media.conceal;

import java.util.Arrays;
import java.util.Objects;

/**
 * Fills the place of lost speech in the manner of ITU-T G.711, appendix I: the last pitch period is found by
 * cross-correlation and repeated, two periods after 10 ms and three after 20 ms so that it doesn't buzz, fading by 20 %
 * each 10 ms after the first, and silent from 60 ms on. The repetition goes on a little under the first good sound and is
 * blended into it.
 *
 * <p>Unlike the appendix it adds no delay: instead of blending before the loss (which needs 3.75 ms of sound held back),
 * the step at the seam is measured and leaks away over a quarter of a period.
 *
 * <p>Give it every stretch of the stream in order, {@link #good} or {@link #lost}, of any length. For one stream and one
 * thread; allocates nothing after construction.
 */
public final class LossConcealer {

    private static final int MAX_PERIODS = 3;
    private static final int FADE_START_MILLIS = 10;
    private static final int SILENT_MILLIS = 60;

    private final int perMilli;
    private final int minPeriod;
    private final int maxPeriod;
    private final int span;
    private final short[] history;
    private final short[] past;
    private final float[] loop;
    private final float[] tail;

    private int loopLength;
    private int loopPos;
    private int period;
    private int periods;
    private int tailLength;
    private int tailPos;
    private float step;
    private float stepFall;
    private int lostSamples;
    private long concealed;

    /** For telephone speech at 8 kHz. */
    public LossConcealer() {
        this(8_000);
    }

    /**
     * @param sampleRate 8,000 to 48,000 Hz, whole kilohertz
     */
    public LossConcealer(int sampleRate) {
        if (sampleRate < 8_000 || sampleRate > 48_000 || sampleRate % 1_000 != 0) {
            throw new IllegalArgumentException("sample rate: " + sampleRate);
        }
        perMilli = sampleRate / 1_000;
        minPeriod = 5 * perMilli;
        maxPeriod = 15 * perMilli;
        span = 20 * perMilli;
        history = new short[MAX_PERIODS * maxPeriod + maxPeriod / 4];
        past = new short[history.length];
        loop = new float[MAX_PERIODS * maxPeriod];
        tail = new float[maxPeriod / 4];
    }

    /** Sound arrived. Its beginning is changed in place where it follows a loss. */
    public void good(short[] pcm, int off, int samples) {
        Objects.checkFromIndexSize(off, samples, pcm.length);
        if (samples == 0) {
            return;
        }
        if (lostSamples > 0) {
            blend(pcm, off, samples);
            lostSamples = 0;
        }
        remember(pcm, off, samples);
    }

    /** Sound is missing: writes that many samples in its place. */
    public void lost(short[] out, int off, int samples) {
        Objects.checkFromIndexSize(off, samples, out.length);
        if (samples == 0) {
            return;
        }
        for (int i = 0; i < samples; i++) {
            out[off + i] = next();
        }
        concealed += samples;
        remember(out, off, samples);
    }

    /** The stream begins anew: nothing before it is blended into it. */
    public void reset() {
        Arrays.fill(history, (short) 0);
        lostSamples = 0;
    }

    /** Samples made up so far. */
    public long concealed() {
        return concealed;
    }

    /** Whether the last stretch was lost. */
    public boolean concealing() {
        return lostSamples > 0;
    }

    private short next() {
        if (lostSamples >= SILENT_MILLIS * perMilli) {
            return 0;
        }
        if (lostSamples == 0) {
            begin();
        } else if (lostSamples == FADE_START_MILLIS * perMilli || lostSamples == 2 * FADE_START_MILLIS * perMilli) {
            lengthen();
        }
        float value = raw() * gain();
        lostSamples++;
        return clip(value);
    }

    private float gain() {
        int fading = lostSamples - FADE_START_MILLIS * perMilli;
        return fading <= 0 ? 1f : Math.max(0f, 1f - fading / (50f * perMilli));
    }

    /** One sample of the repetition, without the fade. */
    private float raw() {
        float value = loop[loopPos];
        loopPos = loopPos + 1 == loopLength ? 0 : loopPos + 1;
        if (tailPos < tailLength) {
            float in = (tailPos + 1f) / (tailLength + 1f);
            value = value * in + tail[tailPos] * (1f - in);
            tailPos++;
        }
        if (step != 0f) {
            value += step;
            step = Math.abs(step) <= Math.abs(stepFall) ? 0f : step - stepFall;
        }
        return value;
    }

    private void begin() {
        period = findPeriod();
        periods = 1;
        System.arraycopy(history, 0, past, 0, history.length);
        fillLoop();
        loopPos = 0;
        tailLength = 0;
        tailPos = 0;
        int end = history.length;
        int quarter = Math.max(1, period / 4);
        // what the repetition would have had as its previous sample, against what really was there
        step = history[end - 1] - history[end - 1 - period];
        stepFall = step / quarter;
    }

    /** Goes back one period more; the old repetition is blended out over a quarter of a period. */
    private void lengthen() {
        if (periods == MAX_PERIODS) {
            return;
        }
        int quarter = Math.max(1, period / 4);
        for (int i = 0; i < quarter; i++) {
            tail[i] = loop[(loopPos + i) % loopLength];
        }
        tailLength = quarter;
        tailPos = 0;
        periods++;
        int phase = loopPos % period;
        fillLoop();
        loopPos = phase;
    }

    private void fillLoop() {
        loopLength = periods * period;
        int from = past.length - loopLength;
        int quarter = Math.max(1, period / 4);
        for (int i = 0; i < loopLength; i++) {
            loop[i] = past[from + i];
        }
        // the end of the loop turns into what came before its beginning, so that it closes without a click
        for (int i = 0; i < quarter; i++) {
            float in = (i + 1f) / (quarter + 1f);
            int at = loopLength - quarter + i;
            loop[at] = loop[at] * (1f - in) + past[from - quarter + i] * in;
        }
    }

    private void blend(short[] pcm, int off, int samples) {
        int lostMillis = lostSamples / perMilli;
        int length = Math.min(samples, Math.min(10, 4 + 4 * (lostMillis / 10)) * perMilli);
        boolean silent = lostSamples >= SILENT_MILLIS * perMilli;
        for (int i = 0; i < length; i++) {
            float in = (i + 1f) / (length + 1f);
            float old = silent ? 0f : raw() * gain();
            if (!silent) {
                lostSamples++;
                silent = lostSamples >= SILENT_MILLIS * perMilli;
            }
            pcm[off + i] = clip(pcm[off + i] * in + old * (1f - in));
        }
    }

    private void remember(short[] pcm, int off, int samples) {
        int keep = Math.min(samples, history.length);
        System.arraycopy(history, keep, history, 0, history.length - keep);
        System.arraycopy(pcm, off + samples - keep, history, history.length - keep, keep);
    }

    /** The lag with the highest normalised correlation: first on every second sample, then exactly around the best. */
    private int findPeriod() {
        int best = search(minPeriod, maxPeriod, 2);
        return search(Math.max(minPeriod, best - 1), Math.min(maxPeriod, best + 1), 1);
    }

    private int search(int from, int to, int stride) {
        int end = history.length;
        int start = end - span;
        int best = from;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = from; lag <= to; lag += stride) {
            long product = 0;
            long energy = 0;
            for (int i = start; i < end; i += stride) {
                int past = history[i - lag];
                product += (long) history[i] * past;
                energy += (long) past * past;
            }
            double score = product / Math.sqrt(Math.max(1, energy));
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    private static short clip(float value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
    }
}
