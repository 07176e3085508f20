package dev.trunkline.persistence.postgres.embedded;

import dev.trunkline.persistence.postgres.embedded.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The database's files: made once, checked before each start. */
final class Cluster {

    /** The superuser of the cluster, whom we connect as. */
    static final String USER = "trunkline";

    private static final Duration INITDB_LIMIT = Duration.ofMinutes(3);
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final PostgresHome home;
    private final PostgresBinaries binaries;
    private final ServerAccount account;

    Cluster(PostgresHome home, PostgresBinaries binaries, ServerAccount account) {
        this.home = home;
        this.binaries = binaries;
        this.account = account;
    }

    /** Makes the cluster if there is none, and returns the password of its superuser. */
    String prepare() throws IOException, InterruptedException {
        if (Files.exists(home.data())) {
            check();
        } else {
            make();
        }
        if (!Files.isRegularFile(home.password())) {
            throw new EmbeddedPostgresException("the database's password file " + home.password()
                    + " is missing; restore it, or move " + home.folder() + " away to begin anew");
        }
        return Files.readString(home.password()).strip();
    }

    private void check() throws IOException {
        Path version = home.data().resolve("PG_VERSION");
        if (!Files.isRegularFile(version)) {
            throw new EmbeddedPostgresException("the database folder " + home.data()
                    + " is damaged (PG_VERSION is missing); restore it, or move it away to begin anew");
        }
        String major = Files.readString(version).strip();
        if (!major.equals(binaries.majorVersion())) {
            throw new EmbeddedPostgresException("the database folder " + home.data() + " was made by PostgreSQL "
                    + major + ", and this Trunkline brings " + binaries.majorVersion()
                    + ": move the data with the Trunkline that made it");
        }
    }

    private void make() throws IOException, InterruptedException {
        removeUnfinished();
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);

        // complete under another name, then renamed: a crash in between leaves nothing that looks like a cluster
        Path unfinished = Files.createTempDirectory(home.folder(), ".initdb", PRIVATE_FOLDER);
        Path secret = Files.createTempFile(home.folder(), ".initdb", ".password", PRIVATE_FILE);
        try {
            Files.writeString(secret, password);
            account.own(secret);
            account.own(unfinished);
            Outcome outcome = Program.run(
                    account.command(List.of(
                            binaries.initdb().toString(),
                            "--pgdata=" + unfinished,
                            "--username=" + USER,
                            "--pwfile=" + secret,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C",
                            "--no-instructions")),
                    INITDB_LIMIT);
            if (!outcome.succeeded()) {
                throw new EmbeddedPostgresException(meaning(outcome.output()));
            }
            Files.deleteIfExists(home.password());
            Files.writeString(Files.createFile(home.password(), PRIVATE_FILE), password + "\n");
            Files.move(unfinished, home.data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(secret);
            delete(unfinished);
        }
    }

    private String meaning(String output) {
        if (output.contains("No space left on device")) {
            return "the disk of " + home.folder() + " is full: no room to make the database";
        }
        if (output.contains("could not look up effective user ID")) {
            return "PostgreSQL wants a named user, and uid " + account.uid()
                    + " has no name on this machine: add it to /etc/passwd, or set TRUNKLINE_DATABASE_URL";
        }
        String reason = output.lines()
                .filter(line -> line.contains("error:") || line.contains("FATAL:") || line.contains("not found"))
                .reduce((first, last) -> last)
                .orElseGet(() -> output.lines().reduce((first, last) -> last).orElse("no reason given"));
        return "the database could not be made in " + home.folder() + ": " + reason.strip();
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> files = Files.list(home.folder())) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith(".initdb"))
                    .toList()) {
                delete(file);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
