package dev.trunkline.persistence.journal;

/** The store for good can't take entries now. */
public final class SinkAwayException extends Exception {

    private static final long serialVersionUID = 1L;

    public SinkAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
