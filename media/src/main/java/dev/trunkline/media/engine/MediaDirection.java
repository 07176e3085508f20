package dev.trunkline.media.engine;

/** Which way sound may go on a session, seen from us (RFC 3264). */
public enum MediaDirection {
    SEND_RECEIVE(true, true),
    SEND_ONLY(true, false),
    RECEIVE_ONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** Whether we may send. */
    public boolean sends() {
        return sends;
    }

    /** Whether we listen to what arrives. */
    public boolean receives() {
        return receives;
    }

    /** The same seen from the other end. */
    public MediaDirection reversed() {
        return switch (this) {
            case SEND_ONLY -> RECEIVE_ONLY;
            case RECEIVE_ONLY -> SEND_ONLY;
            default -> this;
        };
    }
}
