package dev.trunkline.media.tone;

import java.util.Optional;

/**
 * Whose sound this is and which turn of theirs, as a row of tones: a mark, then eleven tones that say two numbers and a
 * check sum. Each tone differs from the one before, so that a reader finds the steps by the changes and needs no clock. It
 * lies above 3 kHz, where speech of telephones is weak, so it can be mixed into speech. Immutable.
 *
 * @param caller 0 to {@link #CALLERS} - 1
 * @param turn 0 to {@link #TURNS} - 1
 */
public record CallSign(int caller, int turn) {

    /** How many callers can be told apart. */
    public static final int CALLERS = 16_807;

    /** How many turns of each. */
    public static final int TURNS = 2_401;

    /** How many different tones there are; the last one is the mark. */
    public static final int TONES = 9;

    /** The tone that begins the row. */
    public static final int MARK = TONES - 1;

    /** Tones of a row, the mark included. */
    public static final int STEPS = 12;

    /** Frames of 20 ms that one tone lasts. */
    public static final int FRAMES_A_STEP = 3;

    private static final int DIGITS = STEPS - 1;
    private static final int BASE = 7;
    private static final int CHECKED = 9;

    /** A prime below 7 x 7, so that two digits hold it and each digit counts. */
    private static final int CHECK = 47;

    /** @throws IllegalArgumentException if a number is out of range */
    public CallSign {
        if (caller < 0 || caller >= CALLERS || turn < 0 || turn >= TURNS) {
            throw new IllegalArgumentException("no call sign for caller " + caller + ", turn " + turn);
        }
    }

    /** The row: the index of each tone, the mark first. */
    public int[] tones() {
        int[] digits = new int[DIGITS];
        put(caller, digits, 0, 5);
        put(turn, digits, 5, 4);
        put(check(digits), digits, CHECKED, 2);
        int[] tones = new int[STEPS];
        tones[0] = MARK;
        int last = 0;
        for (int i = 0; i < DIGITS; i++) {
            last = (last + 1 + digits[i]) % (TONES - 1);
            tones[i + 1] = last;
        }
        return tones;
    }

    /** The tone that sounds in a frame of 20 ms when the row is repeated without pause. */
    public static int toneAt(int[] tones, int frame) {
        return tones[frame / FRAMES_A_STEP % STEPS];
    }

    /** The sign of such a row without its mark; empty if its check sum is wrong. */
    static Optional<CallSign> of(int[] tones) {
        int[] digits = new int[DIGITS];
        int last = 0;
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = Math.floorMod(tones[i] - last - 1, TONES - 1);
            last = tones[i];
            if (digits[i] >= BASE) {
                return Optional.empty();
            }
        }
        if (get(digits, CHECKED, 2) != check(digits)) {
            return Optional.empty();
        }
        return Optional.of(new CallSign(get(digits, 0, 5), get(digits, 5, 4)));
    }

    private static void put(int number, int[] digits, int from, int count) {
        int left = number;
        for (int i = from + count - 1; i >= from; i--) {
            digits[i] = left % BASE;
            left /= BASE;
        }
    }

    private static int get(int[] digits, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * BASE + digits[i];
        }
        return number;
    }

    private static int check(int[] digits) {
        int sum = 1;
        for (int i = 0; i < CHECKED; i++) {
            sum = (sum * 11 + digits[i]) % CHECK;
        }
        return sum;
    }
}
