package dev.trunkline.media.dtmf;

import dev.trunkline.media.rtp.TelephoneEventReceiver;
import java.util.Objects;

/**
 * Hears telephone keys in 8 kHz sound, to the requirements that ITU-T Q.24 lists: tones of 40 ms and more with pauses of
 * 40 ms and more, frequencies within 1.5 % taken and those 3.5 % off refused, each tone from 0 down to -25 dBm0, the upper one
 * up to 4 dB louder or 8 dB softer than the lower.
 *
 * <p>Every 5 ms the last 20 ms are looked at through a Hann window with Goertzel's algorithm at the eight frequencies. The
 * advance of phase from one look to the next tells how far each of the two strongest is off, which is far finer than the
 * resolution of so short a piece. A look is a hit if both are in tune, in balance, together {@value #LEAST_SHARE} of all
 * energy there is, without second harmonics; that much purity is what speech has not. {@value #HITS} hits in a row of one key are
 * a key down, {@value #MISSES} looks without it a key up. The rows come first: where none has its share, which is so for most
 * of speech, the columns cost nothing; below the least level nothing is computed at all.
 *
 * <p>Sound that was made up for lost packets says nothing: {@link #concealed} keeps a key down through it. Used by one thread;
 * allocates nothing.
 */
public final class DtmfDetector {

    private static final int RATE = 8_000;
    private static final int HOP = 40;
    private static final int WINDOW = 160;
    private static final int LOOKS = WINDOW / HOP;

    private static final int HITS = 4;
    private static final int MISSES = 8;

    /** Half the resolution of the phase, and between what is to be taken and refused. */
    private static final double LARGEST_DETUNE = 0.025;

    private static final double LEAST_SHARE = 0.80;

    /** A row must have this much of the energy at least, 8 dB and a bit below its column and purity reckoned in. */
    private static final double LEAST_TONE_SHARE = 0.07;

    /** In dB, column over row; wider than what must be taken, as noise and codecs move it. */
    private static final double COLUMN_LOUDER = 6;

    private static final double COLUMN_SOFTER = 10;

    private static final double LEAST_LEVEL = -28;
    private static final double FULL_SCALE_LEVEL = 3.17;

    /** Second harmonics above this part of the fundamental's power are a voice or a trumpet. */
    private static final double LARGEST_HARMONIC = 0.1;

    /** From one look to the next the level of a steady tone changes no more than this, as a ratio of powers. */
    private static final double LARGEST_STEP = 2.0;

    private static final int LONGEST_GAP = 60 * RATE / 1_000;
    private static final int NONE = -1;
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] FREQUENCIES = {697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633};
    private static final double[] COEFFICIENT = new double[8];
    private static final double[] COSINE = new double[8];
    private static final double[] SINE = new double[8];
    private static final double[] HANN = new double[WINDOW];
    private static final double HANN_SUM;
    private static final double HANN_POWER;

    static {
        double sum = 0;
        double power = 0;
        for (int i = 0; i < WINDOW; i++) {
            HANN[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
            sum += HANN[i];
            power += HANN[i] * HANN[i];
        }
        HANN_SUM = sum;
        HANN_POWER = power;
        for (int i = 0; i < 8; i++) {
            double angle = 2 * Math.PI * FREQUENCIES[i] / RATE;
            COSINE[i] = Math.cos(angle);
            SINE[i] = Math.sin(angle);
            COEFFICIENT[i] = 2 * COSINE[i];
        }
    }

    private static final double LEAST_POWER = power(LEAST_LEVEL);

    private final TelephoneEventReceiver.Listener listener;

    private final short[] last = new short[WINDOW];
    private final double[] windowed = new double[WINDOW];
    private int filled;
    private int fresh;
    private int gap;

    private final double[] real = new double[8];
    private final double[] imaginary = new double[8];
    private final double[] realBefore = new double[8];
    private final double[] imaginaryBefore = new double[8];
    private boolean rowsBefore;
    private boolean columnsBefore;

    private int candidate = NONE;
    private int hits;
    private int down = NONE;
    private int misses;
    private int looksDown;
    private long keys;

    /**
     * @param listener is called on the thread that calls in; {@code keyDown} some 40 ms after the tone's beginning,
     *     {@code keyUp} some 40 ms after its end
     */
    public DtmfDetector(TelephoneEventReceiver.Listener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Mean square of a sine at that level in dBm0, in units of samples. */
    private static double power(double level) {
        double peak = 32_767 * Math.pow(10, (level - FULL_SCALE_LEVEL) / 20);
        return peak * peak / 2;
    }

    /** The next samples of the stream, in pieces of any length. */
    public void hear(short[] samples, int off, int len) {
        Objects.checkFromIndexSize(off, len, samples.length);
        gap = 0;
        int at = off;
        int end = off + len;
        while (at < end) {
            int part = Math.min(end - at, HOP - fresh);
            System.arraycopy(samples, at, last, WINDOW - HOP + fresh, part);
            fresh += part;
            at += part;
            if (fresh == HOP) {
                fresh = 0;
                filled = Math.min(LOOKS, filled + 1);
                if (filled == LOOKS) {
                    judge(look());
                }
                System.arraycopy(last, HOP, last, 0, WINDOW - HOP);
            }
        }
    }

    /** That many samples are missing in the stream, whatever was made up for them. */
    public void concealed(int len) {
        gap += len;
        filled = 0;
        fresh = 0;
        rowsBefore = false;
        columnsBefore = false;
        if (gap > LONGEST_GAP) {
            close();
        }
    }

    /** Ends the key that is down, if one is: the stream is over, or broken. */
    public void close() {
        if (down != NONE) {
            up();
        }
        candidate = NONE;
        hits = 0;
        filled = 0;
        fresh = 0;
        rowsBefore = false;
        columnsBefore = false;
    }

    /** Whether a key is down. */
    public boolean isDown() {
        return down != NONE;
    }

    /** Keys heard so far. */
    public long keys() {
        return keys;
    }

    private void judge(int key) {
        if (key != NONE && key == candidate) {
            hits++;
        } else {
            candidate = key;
            hits = key == NONE ? 0 : 1;
        }
        if (down != NONE) {
            looksDown++;
            misses = key == down ? 0 : misses + 1;
            if (misses >= MISSES || (hits >= HITS && candidate != down)) {
                up();
            }
        }
        if (down == NONE && hits >= HITS) {
            down = candidate;
            misses = 0;
            looksDown = hits;
            keys++;
            listener.keyDown(KEYS.charAt(down));
        }
    }

    private void up() {
        int looks = looksDown - misses;
        char key = KEYS.charAt(down);
        down = NONE;
        // the window of each look at the edges is in the tone by a bit more than half
        listener.keyUp(key, (looks - 1 + LOOKS * 3 / 4) * HOP * 1_000 / RATE);
    }

    /** Looks at the last 20 ms. */
    private int look() {
        double energy = 0;
        for (int i = 0; i < WINDOW; i++) {
            double sample = last[i] * HANN[i];
            windowed[i] = sample;
            energy += sample * sample;
        }
        boolean comparable = rowsBefore;
        boolean columnsComparable = columnsBefore;
        rowsBefore = false;
        columnsBefore = false;
        if (energy < 2 * LEAST_POWER * HANN_POWER) {
            return NONE;
        }
        keep(0);
        transform(0);
        rowsBefore = true;
        int row = strongest(0);
        if (power(row) < LEAST_TONE_SHARE * energy) {
            return NONE;
        }
        keep(4);
        transform(4);
        columnsBefore = true;
        int column = strongest(4);
        if (!comparable || !columnsComparable || power(column) < LEAST_TONE_SHARE * energy) {
            return NONE;
        }
        return isKey(row, column, energy) ? row * 4 + column - 4 : NONE;
    }

    private void keep(int from) {
        System.arraycopy(real, from, realBefore, from, 4);
        System.arraycopy(imaginary, from, imaginaryBefore, from, 4);
    }

    /** Goertzel for four frequencies at once; the phases are those at the end of the window. */
    private void transform(int from) {
        double c0 = COEFFICIENT[from];
        double c1 = COEFFICIENT[from + 1];
        double c2 = COEFFICIENT[from + 2];
        double c3 = COEFFICIENT[from + 3];
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double b3 = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = windowed[i];
            double n0 = (x - b0) + c0 * a0;
            double n1 = (x - b1) + c1 * a1;
            double n2 = (x - b2) + c2 * a2;
            double n3 = (x - b3) + c3 * a3;
            b0 = a0;
            b1 = a1;
            b2 = a2;
            b3 = a3;
            a0 = n0;
            a1 = n1;
            a2 = n2;
            a3 = n3;
        }
        finish(from, a0, b0);
        finish(from + 1, a1, b1);
        finish(from + 2, a2, b2);
        finish(from + 3, a3, b3);
    }

    private void finish(int index, double now, double before) {
        real[index] = now - COSINE[index] * before;
        imaginary[index] = SINE[index] * before;
    }

    private int strongest(int from) {
        int best = from;
        for (int i = from + 1; i < from + 4; i++) {
            if (magnitude(i) > magnitude(best)) {
                best = i;
            }
        }
        return best;
    }

    private double magnitude(int index) {
        return real[index] * real[index] + imaginary[index] * imaginary[index];
    }

    /** Energy that a tone of the bin's frequency has in the window. */
    private double power(int index) {
        return energyOf(magnitude(index));
    }

    private static double energyOf(double magnitude) {
        return magnitude * 2 * HANN_POWER / (HANN_SUM * HANN_SUM);
    }

    private boolean isKey(int row, int column, double energy) {
        double rowDetune = detune(row);
        double columnDetune = detune(column);
        if (Math.abs(rowDetune) > LARGEST_DETUNE * FREQUENCIES[row]
                || Math.abs(columnDetune) > LARGEST_DETUNE * FREQUENCIES[column]) {
            return false;
        }
        double rowPower = power(row) / response(rowDetune);
        double columnPower = power(column) / response(columnDetune);
        if (rowPower + columnPower < LEAST_SHARE * energy
                || Math.min(rowPower, columnPower) < LEAST_POWER * HANN_POWER) {
            return false;
        }
        double twist = 10 * Math.log10(columnPower / rowPower);
        return twist <= COLUMN_LOUDER
                && twist >= -COLUMN_SOFTER
                && steady(row)
                && steady(column)
                && (hidden(row, column) || harmonic(row, rowDetune) < LARGEST_HARMONIC * rowPower)
                && harmonic(column, columnDetune) < LARGEST_HARMONIC * columnPower;
    }

    /** How far the tone near a frequency is off it, in Hz: by how much its phase has advanced since the last look. */
    private double detune(int index) {
        double r = real[index] * realBefore[index] + imaginary[index] * imaginaryBefore[index];
        double i = imaginary[index] * realBefore[index] - real[index] * imaginaryBefore[index];
        double expected = 2 * Math.PI * FREQUENCIES[index] * HOP / RATE;
        double advance = Math.atan2(i, r) - expected;
        advance -= 2 * Math.PI * Math.rint(advance / (2 * Math.PI));
        return advance * RATE / (2 * Math.PI * HOP);
    }

    /** What the window leaves of the power of a tone that is off by so much. */
    private static double response(double detune) {
        double bins = Math.abs(detune) * WINDOW / RATE;
        if (bins < 1e-3) {
            return 1;
        }
        double angle = Math.PI * bins;
        double amplitude = Math.sin(angle) / angle / (1 - bins * bins);
        return amplitude * amplitude;
    }

    private boolean steady(int index) {
        double before = realBefore[index] * realBefore[index] + imaginaryBefore[index] * imaginaryBefore[index];
        double now = magnitude(index);
        return now < LARGEST_STEP * before && before < LARGEST_STEP * now;
    }

    /** Whether the row's second harmonic falls where the column is: nothing can be said of it then. */
    private static boolean hidden(int row, int column) {
        return Math.abs(2 * FREQUENCIES[row] - FREQUENCIES[column]) < 2.0 * RATE / WINDOW + 40;
    }

    private double harmonic(int index, double detune) {
        double angle = 4 * Math.PI * (FREQUENCIES[index] + detune) / RATE;
        double coefficient = 2 * Math.cos(angle);
        double now = 0;
        double before = 0;
        for (int i = 0; i < WINDOW; i++) {
            double next = windowed[i] - before + coefficient * now;
            before = now;
            now = next;
        }
        return energyOf(now * now + before * before - coefficient * now * before);
    }
}
