package dev.trunkline.app.rest;

/** The request cannot be understood; the message says what is wrong, to the asker. */
public class BadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Not understood.
     *
     * @param message for the asker
     */
    public BadRequestException(String message) {
        super(message);
    }
}
