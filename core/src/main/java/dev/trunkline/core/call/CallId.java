package dev.trunkline.core.call;

import java.security.SecureRandom;

/**
 * The name of a call, unique over all nodes and sortable by the time of its birth.
 *
 * @param value 1 to 64 characters of letters, digits, hyphen and underscore
 */
public record CallId(String value) implements Comparable<CallId> {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    public CallId {
        if (!value.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("not a call id: " + value.length() + " characters");
        }
    }

    /**
     * A new name: 48 bits of milliseconds since 1970 and 60 random bits, in Crockford's base 32 (the layout of a ULID with
     * fewer random digits).
     *
     * @param epochMillis milliseconds since 1970
     */
    public static CallId at(long epochMillis) {
        char[] out = new char[22];
        long time = epochMillis;
        for (int i = 9; i >= 0; i--) {
            out[i] = ALPHABET[(int) (time & 31)];
            time >>>= 5;
        }
        long random = RANDOM.nextLong();
        for (int i = 10; i < out.length; i++) {
            out[i] = ALPHABET[(int) (random & 31)];
            random >>>= 5;
        }
        return new CallId(new String(out));
    }

    @Override
    public int compareTo(CallId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
