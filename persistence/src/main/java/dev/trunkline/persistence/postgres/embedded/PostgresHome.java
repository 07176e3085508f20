package dev.trunkline.persistence.postgres.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The folder that holds everything of the embedded database: {@code <version>} the programs, {@code data} the cluster,
 * {@code password} and {@code postgres.log}.
 *
 * <p>It is {@code postgres} below the data folder. When we are root and the account that runs the database can't get there
 * (a data folder below {@code /root}, which is closed to others), that name is a symbolic link to a folder of our own below
 * {@code /var/lib/trunkline}: nobody's permissions are widened.
 */
record PostgresHome(Path folder) {

    private static final Logger LOG = System.getLogger(PostgresHome.class.getName());
    /** Where the home goes that the account could not reach. */
    static final Path ELSEWHERE = Path.of("/var/lib/trunkline");

    Path data() {
        return folder.resolve("data");
    }

    Path password() {
        return folder.resolve("password");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** Where the cluster of that data folder is or would be, before anything is made. */
    static Path clusterBelow(Path dataFolder) {
        return dataFolder.resolve("postgres").resolve("data");
    }

    /** Finds or makes the home of that data folder, one that the account can enter. */
    static PostgresHome prepare(Path dataFolder, ServerAccount account, Path elsewhere)
            throws IOException, InterruptedException {
        Path named = dataFolder.resolve("postgres");
        if (Files.isSymbolicLink(named)) {
            Path target = named.resolveSibling(Files.readSymbolicLink(named));
            if (!Files.isDirectory(target)) {
                LOG.log(
                        Level.WARNING,
                        "database folder {0} points to {1}, which is gone: beginning anew",
                        named,
                        target);
                make(target, account);
            }
        } else if (!Files.isDirectory(named)) {
            Files.createDirectories(dataFolder);
            make(named, account);
            if (!account.canEnter(named)) {
                Files.delete(named);
                Path target = newFolderIn(elsewhere, account);
                Files.createSymbolicLink(named, target);
                LOG.log(
                        Level.INFO,
                        "database kept in {0}: the account {1} that runs it can''t enter {2}",
                        target,
                        account.name(),
                        dataFolder);
            }
        }
        Path real = named.toRealPath();
        if (!account.canEnter(real)) {
            throw new EmbeddedPostgresException("the account " + account.name() + " that runs the database can't enter "
                    + real + ": open the folders above it to others (chmod o+x) or set TRUNKLINE_DATA_DIR");
        }
        return new PostgresHome(real);
    }

    private static Path newFolderIn(Path parent, ServerAccount account) throws IOException {
        byte[] random = new byte[6];
        new SecureRandom().nextBytes(random);
        Path target = parent.resolve("postgres-" + HexFormat.of().formatHex(random));
        make(target, account);
        return target;
    }

    private static void make(Path folder, ServerAccount account) throws IOException {
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder);
        // another account only has to pass through; what it owns lies below
        Files.setPosixFilePermissions(
                folder, PosixFilePermissions.fromString(account.dropped() ? "rwx--x--x" : "rwx------"));
    }
}
