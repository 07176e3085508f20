package dev.trunkline.app.config;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * The name of a server that was given none: made once and kept in its data folder. So a container that is made anew on the same
 * data is the same server, and two machines of the same name are two.
 */
public final class NodeName {

    private static final String FILE = "node";
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int RANDOM_CHARACTERS = 6;
    private static final int LONGEST_MACHINE = 50;

    private NodeName() {}

    /**
     * Reads it, or makes it.
     *
     * @param dataFolder exists and can be written to
     * @throws IOException if it can't be read or written, or is no name
     */
    public static String keptIn(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(FILE);
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            try {
                return SettingType.NAME.parse(kept);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " must hold " + SettingType.NAME.description(), e);
            }
        }
        String made = machineName() + "-" + random();
        // whole or not at all, whatever happens meanwhile
        Path draft = Files.createTempFile(dataFolder, FILE, ".new");
        Files.writeString(draft, made + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private static String random() {
        return new SecureRandom()
                .ints(RANDOM_CHARACTERS, 0, ALPHABET.length())
                .collect(
                        StringBuilder::new, (name, index) -> name.append(ALPHABET.charAt(index)), StringBuilder::append)
                .toString();
    }

    private static String machineName() {
        try {
            // not asked of the name service, which may be away and slow to say so
            Path kernel = Path.of("/proc/sys/kernel/hostname");
            String name = Files.isReadable(kernel)
                    ? Files.readString(kernel).strip()
                    : InetAddress.getLocalHost().getHostName();
            return SettingType.NAME.parse(name.length() > LONGEST_MACHINE ? name.substring(0, LONGEST_MACHINE) : name);
        } catch (IOException | IllegalArgumentException e) {
            return "trunkline";
        }
    }
}
