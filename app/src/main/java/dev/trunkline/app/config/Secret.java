package dev.trunkline.app.config;

/**
 * Something that must never be printed: a key, a password.
 *
 * @param value the secret itself; empty if there is none
 */
public record Secret(String value) {

    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** Whether there is none. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return value.isEmpty() ? "" : "***";
    }
}
