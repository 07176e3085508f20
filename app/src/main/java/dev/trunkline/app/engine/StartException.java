package dev.trunkline.app.engine;

/** The server can't start; the message is one line for whoever starts it and names the setting to change. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Can't start.
     *
     * @param message what is wrong and what to change
     */
    public StartException(String message) {
        super(message);
    }

    /**
     * Can't start.
     *
     * @param message what is wrong and what to change
     * @param cause how that was found
     */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
