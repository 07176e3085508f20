package dev.trunkline.persistence.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file that the database's programs write their complaints to, and what they mean. */
record ServerLog(Path file) {

    private static final long LARGEST = 8L << 20;
    private static final long TAIL = 64L << 10;

    /** Empties it when it has grown large. The server appends, so it writes on from the beginning. */
    void keepSmall() throws IOException {
        if (length() > LARGEST) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
        }
    }

    long length() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** The grave lines that were written behind that place, each without its time stamp. */
    List<String> complaintsSince(long from) throws IOException {
        List<String> complaints = new ArrayList<>();
        if (!Files.exists(file)) {
            return complaints;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = Math.max(from, channel.size() - TAIL);
            byte[] bytes = new byte[(int) Math.max(0, channel.size() - start)];
            channel.read(java.nio.ByteBuffer.wrap(bytes), start);
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                for (String grave : List.of("FATAL: ", "PANIC: ", "ERROR: ", "error: ")) {
                    int at = line.indexOf(grave);
                    if (at >= 0) {
                        complaints.add(line.substring(at + grave.length()).strip());
                    }
                }
            }
        }
        return complaints;
    }
}
