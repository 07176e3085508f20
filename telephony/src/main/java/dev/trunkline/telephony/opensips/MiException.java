package dev.trunkline.telephony.opensips;

/** A command that OpenSIPS refused, or did not answer. */
final class MiException extends Exception {

    private static final long serialVersionUID = 1L;

    /** JSON-RPC 2.0: the method does not exist. */
    static final int METHOD_NOT_FOUND = -32601;

    private final int code;
    private final boolean repeated;

    private MiException(int code, String message, boolean repeated) {
        super(message, null, false, false);
        this.code = code;
        this.repeated = repeated;
    }

    static MiException refused(int code, String message, boolean repeated) {
        return new MiException(code, message, repeated);
    }

    static MiException unanswered(String command) {
        return new MiException(0, "no answer to " + command, true);
    }

    /** OpenSIPS knows no such command. */
    boolean isUnknownCommand() {
        return code == METHOD_NOT_FOUND;
    }

    /** Nothing came back at all. */
    boolean isUnanswered() {
        return code == 0;
    }

    /**
     * The command had been sent more than once: what is refused may be the copy of one that was carried out, whose answer was
     * lost.
     */
    boolean isRepeated() {
        return repeated;
    }
}
