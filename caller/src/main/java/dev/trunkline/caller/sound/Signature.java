package dev.trunkline.caller.sound;

import dev.trunkline.sound.AudioChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Tones that say whose sound this is and which part of it: a pair of identity tones, the same throughout, and a counter tone
 * that climbs a step every 100 ms and begins again after twelve. Crossed sound shows as a foreign pair, lost or repeated
 * sound as a counter that jumps. All tones lie 80 Hz apart within the telephone band and survive G.711. Immutable.
 */
public final class Signature {

    /** How many different signatures there are. */
    public static final int COUNT = 190;

    /** Samples of one step of the counter, at 8 kHz. */
    public static final int STEP = 800;

    static final int CYCLE = 12;

    private static final int RATE = Recording.RATE;
    private static final int IDENTITIES = 20;
    private static final double LOWEST = 480;
    private static final double SPACING = 80;
    private static final double AMPLITUDE = 4_000;
    private static final int WINDOW = 320;
    private static final int HOP = 160;

    private final int number;
    private final int lower;
    private final int upper;

    private Signature(int number) {
        this.number = number;
        int first = 0;
        int left = number;
        while (left >= IDENTITIES - 1 - first) {
            left -= IDENTITIES - 1 - first;
            first++;
        }
        this.lower = first;
        this.upper = first + 1 + left;
    }

    /** The signature of that number, 0 to {@link #COUNT} - 1. */
    public static Signature of(int number) {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("signatures are numbered 0 to " + (COUNT - 1) + ": " + number);
        }
        return new Signature(number);
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** The sound of it: that many steps of 100 ms. */
    public AudioChunk sound(int steps) {
        short[] pcm = new short[steps * STEP];
        for (int i = 0; i < pcm.length; i++) {
            int counter = IDENTITIES + i / STEP % CYCLE;
            double value = wave(lower, i) + wave(upper, i) + wave(counter, i);
            pcm[i] = (short) Math.round(AMPLITUDE * value * fade(i % STEP));
        }
        return AudioChunk.ofPcm(pcm, RATE);
    }

    /** Looks for signatures in 8 kHz sound, this one and foreign ones. */
    public SignatureReading read(short[] heard) {
        int own = 0;
        int foreign = 0;
        int unclear = 0;
        List<Integer> foreigners = new ArrayList<>();
        List<Integer> counters = new ArrayList<>();
        for (int at = 0; at + WINDOW <= heard.length; at += HOP) {
            if (Level.dbfs(heard, at, WINDOW) < AgentEar.AUDIBLE) {
                continue;
            }
            double[] power = spectrum(heard, at);
            int first = strongest(power, 0, IDENTITIES, -1);
            int second = strongest(power, 0, IDENTITIES, first);
            int counter = strongest(power, IDENTITIES, IDENTITIES + CYCLE, -1);
            int third = strongest(power, 0, IDENTITIES, first, second);
            if (power[second] < 4 * power[third] || power[counter] < power[second] / 8) {
                unclear++;
            } else if (Math.min(first, second) == lower && Math.max(first, second) == upper) {
                own++;
                counters.add(counter - IDENTITIES);
            } else {
                foreign++;
                int whose = numberOf(Math.min(first, second), Math.max(first, second));
                if (!foreigners.contains(whose)) {
                    foreigners.add(whose);
                }
            }
        }
        return SignatureReading.of(own, foreign, unclear, foreigners, counters);
    }

    private static double wave(int tone, int sample) {
        return Math.sin(2 * Math.PI * (LOWEST + SPACING * tone) * sample / RATE);
    }

    /** Each step swells and fades over 5 ms, so that a change of tone is no click. */
    private static double fade(int inStep) {
        return Math.min(1, Math.min(inStep + 1, STEP - inStep) / 40.0);
    }

    private static int numberOf(int first, int second) {
        int base = 0;
        for (int i = 0; i < first; i++) {
            base += IDENTITIES - 1 - i;
        }
        return base + second - first - 1;
    }

    private static int strongest(double[] power, int from, int to, int... but) {
        int best = -1;
        for (int i = from; i < to; i++) {
            boolean skip = false;
            for (int b : but) {
                skip |= b == i;
            }
            if (!skip && (best < 0 || power[i] > power[best])) {
                best = i;
            }
        }
        return best;
    }

    /** The power at each tone, by Goertzel's algorithm over a Hann window. */
    private static double[] spectrum(short[] pcm, int at) {
        double[] power = new double[IDENTITIES + CYCLE];
        for (int tone = 0; tone < power.length; tone++) {
            double turn = 2 * Math.cos(2 * Math.PI * (LOWEST + SPACING * tone) / RATE);
            double before = 0;
            double last = 0;
            for (int i = 0; i < WINDOW; i++) {
                double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (WINDOW - 1));
                double next = pcm[at + i] * hann + turn * last - before;
                before = last;
                last = next;
            }
            power[tone] = last * last + before * before - turn * last * before;
        }
        return power;
    }
}
