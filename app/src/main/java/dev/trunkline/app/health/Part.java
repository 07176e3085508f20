package dev.trunkline.app.health;

/**
 * How one part of the server is.
 *
 * @param name {@code sip}, {@code media}, {@code models}, {@code database}, {@code journal}
 * @param state how it is
 * @param detail a few words for people; no secrets; may be empty
 * @param vital whether calls need it
 */
public record Part(String name, State state, String detail, boolean vital) {

    /** How a part is. */
    public enum State {
        /** Being made ready. */
        STARTING,
        /** Does its work. */
        UP,
        /** Does not, and tries again or waits for help. */
        DOWN
    }
}
