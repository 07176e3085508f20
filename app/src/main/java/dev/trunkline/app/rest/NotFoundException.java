package dev.trunkline.app.rest;

/** What was asked for does not exist; the message goes to the asker. */
public class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Nothing there.
     *
     * @param message for the asker
     */
    public NotFoundException(String message) {
        super(message);
    }
}
