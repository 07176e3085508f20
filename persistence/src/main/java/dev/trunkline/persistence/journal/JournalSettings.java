package dev.trunkline.persistence.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the journal is kept.
 *
 * @param folder where its segments lie; made if it is missing
 * @param node the name of this server, the same after a restart
 * @param limit how many bytes of it may wait for the database, 64 KiB or more
 * @param memoryLimit how many entries may wait in memory while the disk takes none, 16 or more
 * @param syncEvery how long after its writing an entry is forced to the disk at the latest; what a failure of the machine
 *     (not of this process) can lose
 * @param closeLimit how long a close waits for the last entries to reach the database; they stay in the journal otherwise
 */
public record JournalSettings(
        Path folder, String node, long limit, int memoryLimit, Duration syncEvery, Duration closeLimit) {

    public JournalSettings {
        if (limit < 65_536) {
            throw new IllegalArgumentException("journal limit below 64 KiB: " + limit);
        }
        if (memoryLimit < 16) {
            throw new IllegalArgumentException("journal memory limit below 16: " + memoryLimit);
        }
    }

    /** 256 MiB on disk, 20,000 entries in memory, forced to disk twice a second, three seconds to close. */
    public static JournalSettings in(Path folder, String node) {
        return new JournalSettings(folder, node, 256L << 20, 20_000, Duration.ofMillis(500), Duration.ofSeconds(3));
    }

    /** The same with another limit in bytes. */
    public JournalSettings withLimit(long bytes) {
        return new JournalSettings(folder, node, bytes, memoryLimit, syncEvery, closeLimit);
    }

    /** A segment's size: small beside the limit, so that little is dropped at a time. */
    long segmentSize() {
        return Math.min(4L << 20, limit / 8);
    }
}
