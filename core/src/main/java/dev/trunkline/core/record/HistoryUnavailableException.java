package dev.trunkline.core.record;

/** The store of past calls can't be read now; calls themselves go on. */
public class HistoryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HistoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
