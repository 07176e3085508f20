package dev.trunkline.app.rest;

/** What was asked for can't be done now; told as 503 with a time to come back. */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Not now.
     *
     * @param message for the asker
     */
    public UnavailableException(String message) {
        super(message);
    }
}
