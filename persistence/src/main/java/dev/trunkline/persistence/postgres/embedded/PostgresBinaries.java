package dev.trunkline.persistence.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 * @param version of PostgreSQL's package, as in {@code 18.6.0}
 */
record PostgresBinaries(Path folder, String version) {

    /** Lists every file with its size, so that an unpacking that a power failure cut short is noticed and done again. */
    private static final String MANIFEST = "manifest";

    Path postgres() {
        return folder.resolve("bin").resolve("postgres");
    }

    Path initdb() {
        return folder.resolve("bin").resolve("initdb");
    }

    /** The first number of the version: data folders are compatible within it. */
    String majorVersion() {
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    /** Unpacks the programs for this machine below the folder, unless they are there and whole. */
    static PostgresBinaries unpackedIn(Path home) throws IOException {
        String version = packagedVersion();
        Path folder = home.resolve(version);
        if (!isWhole(folder)) {
            unpack(home, folder);
        }
        return new PostgresBinaries(folder, version);
    }

    private static String packagedVersion() throws IOException {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            if (in == null) {
                throw new EmbeddedPostgresException("binaries.properties is missing from the persistence jar");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        }
    }

    private static String archiveName() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os.contains("linux") ? "linux" : os;
        String machine = switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> arch;
        };
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static void unpack(Path home, Path folder) throws IOException {
        String name = archiveName();
        Path unfinished = Files.createTempDirectory(home, ".unpacking");
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
            if (archive == null) {
                throw new EmbeddedPostgresException("no PostgreSQL for this platform on the class path (" + name
                        + "); set TRUNKLINE_DATABASE_URL to use one of your own");
            }
            extract(archive, unfinished);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(unfinished.resolve(MANIFEST), manifestOf(unfinished));
            delete(folder);
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unfinished);
        }
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive leads out of its folder: " + entry.getName());
                }
                if (isForDevelopers(entry.getName())) {
                    continue;
                }
                write(tar, entry, path);
            }
        }
    }

    /** Static libraries and the like, which nothing here runs. */
    private static boolean isForDevelopers(String name) {
        return name.endsWith(".a") || name.contains("/pkgconfig/") || name.contains("/include/");
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            folder(path);
            return;
        }
        folder(path.getParent());
        if (entry.isSymbolicLink()) {
            Path pointsTo = Path.of(entry.getLinkName());
            if (pointsTo.isAbsolute() || pointsTo.getNameCount() != 1) {
                throw new IOException("the archive has a link out of its folder: " + entry.getName());
            }
            Files.createSymbolicLink(path, pointsTo);
        } else if (entry.isFile()) {
            Files.copy(tar, path);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void folder(@Nullable Path path) throws IOException {
        if (path == null || Files.isDirectory(path)) {
            return;
        }
        folder(path.getParent());
        try {
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("a file is where a folder must be: " + path, e);
        }
    }

    private static String manifestOf(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                lines.append(Files.size(file))
                        .append(' ')
                        .append(folder.relativize(file))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private static boolean isWhole(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return false;
        }
        List<String> lines = Files.readAllLines(manifest, StandardCharsets.UTF_8);
        for (String line : lines) {
            int space = line.indexOf(' ');
            Path file = folder.resolve(line.substring(space + 1));
            if (space < 1 || !Files.isRegularFile(file) || !line.startsWith(Long.toString(Files.size(file)) + " ")) {
                return false;
            }
        }
        return !lines.isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
