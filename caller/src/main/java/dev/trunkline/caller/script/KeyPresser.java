package dev.trunkline.caller.script;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Presses keys one after the other: each 120 ms long, 80 ms apart. Used by one thread. */
final class KeyPresser {

    static final int PRESSED_ROUNDS = 6;
    static final int GAP_ROUNDS = 4;

    private record Press(char digit, Content.KeyWay way) {}

    private final ArrayDeque<Press> waiting = new ArrayDeque<>();
    private int round;
    private int gap;

    void press(Content.Keys keys) {
        for (char digit : keys.digits().toCharArray()) {
            waiting.add(new Press(digit, keys.way()));
        }
    }

    boolean busy() {
        return !waiting.isEmpty() || gap > 0;
    }

    /** The next round, or null if there is nothing to press. */
    @Nullable
    Round next() {
        if (gap > 0) {
            gap--;
            return Round.SILENCE;
        }
        Press press = waiting.peek();
        if (press == null) {
            return null;
        }
        int now = round++;
        if (press.way() == Content.KeyWay.INFO) {
            if (now == 0) {
                return new Round.InfoKey(press.digit());
            }
            if (now == PRESSED_ROUNDS - 1) {
                released();
            }
            return Round.SILENCE;
        }
        boolean last = now == PRESSED_ROUNDS - 1;
        if (last) {
            released();
        }
        return new Round.Key(press.digit(), now, last);
    }

    private void released() {
        waiting.remove();
        round = 0;
        gap = waiting.isEmpty() ? 0 : GAP_ROUNDS;
    }
}
