package dev.trunkline.persistence.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how the embedded database runs.
 *
 * @param dataFolder the server's data folder; the database lives in {@code postgres} below it
 * @param port the port on 127.0.0.1, 1 to 65535; 0 for any that is free
 * @param account the operating system's user to run the database as when we are root; empty to choose one
 * @param startTimeout how long the database may take to accept connections; recovery after a crash counts
 * @param stopTimeout how long a stop may take before it is forced
 */
public record EmbeddedPostgresSettings(
        Path dataFolder, int port, String account, Duration startTimeout, Duration stopTimeout) {

    public EmbeddedPostgresSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("database port out of range: " + port);
        }
        dataFolder = dataFolder.toAbsolutePath().normalize();
    }

    /** Any free port, an account of our choice, two minutes to start, fifteen seconds to stop. */
    public static EmbeddedPostgresSettings in(Path dataFolder) {
        return new EmbeddedPostgresSettings(dataFolder, 0, "", Duration.ofMinutes(2), Duration.ofSeconds(15));
    }

    /** The same with another port. */
    public EmbeddedPostgresSettings withPort(int other) {
        return new EmbeddedPostgresSettings(dataFolder, other, account, startTimeout, stopTimeout);
    }

    /** The same with other time limits. */
    public EmbeddedPostgresSettings withTimeouts(Duration start, Duration stop) {
        return new EmbeddedPostgresSettings(dataFolder, port, account, start, stop);
    }
}
