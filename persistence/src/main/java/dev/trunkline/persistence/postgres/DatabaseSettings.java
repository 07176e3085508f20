package dev.trunkline.persistence.postgres;

import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgresSettings;

/** Which PostgreSQL the server uses. */
public sealed interface DatabaseSettings {

    /** How many connections may be open at once, 1 or more. */
    int connections();

    /** One of our own, in the data folder. */
    record Embedded(EmbeddedPostgresSettings server, int connections) implements DatabaseSettings {
        /** With eight connections. */
        public Embedded(EmbeddedPostgresSettings server) {
            this(server, 8);
        }
    }

    /**
     * One that somebody else runs.
     *
     * @param url {@code jdbc:postgresql://host:port/name}, options behind a question mark
     * @param user whom to connect as; empty if the URL tells
     * @param password empty if the URL tells or none is needed
     */
    record External(String url, String user, String password, int connections) implements DatabaseSettings {
        public External {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("not a PostgreSQL address (jdbc:postgresql://host:port/name)");
            }
        }

        /** With eight connections. */
        public External(String url, String user, String password) {
            this(url, user, password, 8);
        }

        @Override
        public String toString() {
            // neither the password nor what the URL may hold
            return "External[" + url.replaceAll("\\?.*", "").replaceAll("//.*@", "//") + "]";
        }
    }
}
