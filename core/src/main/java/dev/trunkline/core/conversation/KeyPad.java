package dev.trunkline.core.conversation;

import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.time.Timekeeper.Alarm;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Collects keys while a number is expected, and hands on single ones otherwise. Conversation's thread. */
final class KeyPad {

    /** How late after a whole number the key may come that says that it is whole. */
    private static final long END_MARK_NANOS = Duration.ofSeconds(5).toNanos();

    private final Alarms alarms;
    private final BiConsumer<String, Long> pressed;
    private final StringBuilder keys = new StringBuilder();
    private Expectation expectation = Expectation.ANYTHING;
    private long firstNanos;
    private long lastNanos;
    private boolean wholeWithoutMark;
    private Alarm pause = () -> {};

    /**
     * A key pad.
     *
     * @param pressed told of complete entries, and when their first key came
     */
    KeyPad(Alarms alarms, BiConsumer<String, Long> pressed) {
        this.alarms = alarms;
        this.pressed = pressed;
    }

    /** What was asked. Keys that were pressed ahead stay. */
    void expect(Expectation next) {
        expectation = next;
        if (!keys.isEmpty() && isFull()) {
            complete();
        }
    }

    /** Whether an entry is under way. */
    boolean isCollecting() {
        return !keys.isEmpty();
    }

    void on(char digit, long nanos) {
        boolean marksTheEnd = digit == '#' && keys.isEmpty() && wholeWithoutMark;
        wholeWithoutMark = false;
        if (marksTheEnd && nanos - lastNanos <= END_MARK_NANOS) {
            return; // many end a number with it that was complete already
        }
        pause.cancel();
        if (keys.isEmpty()) {
            firstNanos = nanos;
        }
        lastNanos = nanos;
        boolean collects = expectation.kind() == Expectation.Kind.DIGITS;
        if (collects && digit == '#') {
            complete();
            wholeWithoutMark = false;
            return;
        }
        keys.append(digit);
        if (!collects || isFull()) {
            complete();
        } else {
            pause = alarms.after(Expectation.KEY_PAUSE, this::complete);
        }
    }

    void close() {
        pause.cancel();
        keys.setLength(0);
    }

    private boolean isFull() {
        return expectation.kind() != Expectation.Kind.DIGITS || keys.length() >= expectation.maxDigits();
    }

    private void complete() {
        if (keys.isEmpty()) {
            return;
        }
        String entry = keys.toString();
        keys.setLength(0);
        wholeWithoutMark = expectation.kind() == Expectation.Kind.DIGITS;
        pressed.accept(entry, firstNanos);
    }
}
