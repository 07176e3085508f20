package dev.trunkline.persistence.postgres.embedded;

import java.nio.file.Path;

/** A process that owns a database, for tests that kill it: prints {@code up <pid> <port> <started|adopted>} and waits. */
public final class DatabaseOwner {

    private DatabaseOwner() {}

    public static void main(String[] arguments) throws Exception {
        try {
            EmbeddedPostgres database = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Path.of(arguments[0])));
            System.out.println("up " + database.pid() + " " + database.port() + " "
                    + (database.adopted() ? "adopted" : "started") + " " + database.folder());
            while (System.in.read() >= 0) {
                // until our parent closes the pipe
            }
            database.close();
            System.out.println("closed");
        } catch (EmbeddedPostgresException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
