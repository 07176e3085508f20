package dev.trunkline.caller.command;

/** The command line can't be understood; the message is one line for a person. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
