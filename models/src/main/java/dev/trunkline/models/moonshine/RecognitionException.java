package dev.trunkline.models.moonshine;

/** A model could not decode a piece of sound. */
public final class RecognitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RecognitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
