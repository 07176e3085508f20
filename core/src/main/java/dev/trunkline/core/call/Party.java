package dev.trunkline.core.call;

/**
 * One side of a call as the channel names it.
 *
 * @param address what can be dialled: a SIP URI, a number; empty if withheld
 * @param name the display name; empty if none
 */
public record Party(String address, String name) {

    /** Nobody that is known. */
    public static final Party UNKNOWN = new Party("", "");
}
