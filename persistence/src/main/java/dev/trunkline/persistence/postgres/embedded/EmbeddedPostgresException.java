package dev.trunkline.persistence.postgres.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded database can't be had. The message is one line that says why and, where there is one, the way out. */
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
