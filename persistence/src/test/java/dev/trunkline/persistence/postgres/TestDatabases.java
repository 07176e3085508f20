package dev.trunkline.persistence.postgres;

import static org.awaitility.Awaitility.await;

import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgresSettings;
import dev.trunkline.persistence.postgres.embedded.UnpackedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and databases of a test, and their end. */
final class TestDatabases {

    private TestDatabases() {}

    static Path newFolder() throws IOException {
        Path folder = Files.createTempDirectory("trunkline-database");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        UnpackedPrograms.linkInto(folder);
        return folder;
    }

    static Database open(Path folder) {
        return Database.open(new DatabaseSettings.Embedded(EmbeddedPostgresSettings.in(folder)));
    }

    static Database openAndAwait(Path folder) {
        Database database = open(folder);
        awaitUp(database);
        return database;
    }

    static void awaitUp(Database database) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(database::isUp);
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The process of the server that runs in the folder. */
    static long serverIn(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("postgres/data/postmaster.pid"));
        return Long.parseLong(lines.getFirst());
    }

    /** Sends a signal to a database server and its children. */
    static void signalServer(String name, long pid) throws IOException, InterruptedException {
        List<Long> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        signal(name, pid);
        for (long child : children) {
            signal(name, child);
        }
    }

    /** Sends a signal to one process. */
    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid).start().waitFor();
    }

    static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
