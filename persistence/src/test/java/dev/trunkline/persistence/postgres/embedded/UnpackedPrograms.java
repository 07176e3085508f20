package dev.trunkline.persistence.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, unpacked once for all tests of a process: that takes longer than everything else of a start. */
public final class UnpackedPrograms {

    private static @Nullable PostgresBinaries programs;

    private UnpackedPrograms() {}

    /** Makes the home of a database in the data folder, with a link to the programs. */
    public static void linkInto(Path dataFolder) throws IOException {
        PostgresBinaries unpacked = once();
        Path home = Files.createDirectory(dataFolder.resolve("postgres"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
        Files.createSymbolicLink(home.resolve(unpacked.version()), unpacked.folder());
    }

    private static synchronized PostgresBinaries once() throws IOException {
        PostgresBinaries unpacked = programs;
        if (unpacked == null) {
            Path folder = Files.createTempDirectory("trunkline-programs");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            unpacked = PostgresBinaries.unpackedIn(folder);
            programs = unpacked;
        }
        return unpacked;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
