package dev.trunkline.models.mary;

/** The voice could not be loaded or could not speak a text. */
public final class VoiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VoiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
