package dev.trunkline.media.vad;

/** A voice-activity model could not be loaded or failed. */
public final class VoiceActivityException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what went wrong and why. */
    public VoiceActivityException(String message, Throwable cause) {
        super(message, cause);
    }
}
