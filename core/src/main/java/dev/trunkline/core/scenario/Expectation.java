package dev.trunkline.core.scenario;

import java.time.Duration;

/**
 * What kind of answer a question waits for. It sets the patience at the end of the caller's turn, and whether keys are
 * collected.
 *
 * @param kind what is waited for
 * @param maxDigits keys after which a collection is complete without #; 0 if none are collected
 */
public record Expectation(Kind kind, int maxDigits) {

    /** Kinds of answer. */
    public enum Kind {
        /** Anything. */
        ANYTHING,
        /** Yes or no. */
        YES_NO,
        /** A name, perhaps spelled. */
        NAME,
        /** A number, spoken or by keys. */
        DIGITS,
        /** A longer dictation: a message. */
        MESSAGE
    }

    /** Anything. */
    public static final Expectation ANYTHING = new Expectation(Kind.ANYTHING, 0);

    /** Yes or no. */
    public static final Expectation YES_NO = new Expectation(Kind.YES_NO, 0);

    /** A name. */
    public static final Expectation NAME = new Expectation(Kind.NAME, 0);

    /** A message to be written down. */
    public static final Expectation MESSAGE = new Expectation(Kind.MESSAGE, 0);

    /** A pause between keys after which a collection is complete. */
    public static final Duration KEY_PAUSE = Duration.ofMillis(2500);

    /** A number of at most that many digits, 1 or more. */
    public static Expectation digits(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("digits: " + max);
        }
        return new Expectation(Kind.DIGITS, max);
    }
}
