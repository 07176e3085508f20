package dev.trunkline.telephony.opensips;

/**
 * Whether OpenSIPS tells us its calls.
 *
 * @param kind whether
 * @param detail why not; may be empty
 */
public record OpenSipsState(Kind kind, String detail) {

    static final OpenSipsState STARTING = new OpenSipsState(Kind.STARTING, "");

    /** Whether it does. */
    public enum Kind {
        /** The first answer is waited for. */
        STARTING,
        /** It does. */
        SUBSCRIBED,
        /** It does not answer, or refuses; tried again and again. */
        AWAY
    }
}
