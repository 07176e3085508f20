package dev.trunkline.app.reception;

import java.io.Serial;

/** A facts file that can't be used; the message names the file, the line and what is wrong, fit for the person who wrote it. */
public final class FactsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    FactsException(String message) {
        super(message);
    }

    FactsException(String message, Throwable cause) {
        super(message, cause);
    }
}
