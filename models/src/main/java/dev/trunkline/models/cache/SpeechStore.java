package dev.trunkline.models.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Spoken texts in a folder, one file each, named by the hash of what was said; bounded by bytes, the least recently used go
 * first. Whoever asks whether a text is there need not touch the disk. A file that is damaged counts as not there and is
 * deleted. Thread-safe; one process a folder.
 */
final class SpeechStore {

    private static final System.Logger LOG = System.getLogger(SpeechStore.class.getName());
    private static final String ENDING = ".speech";

    private record Entry(long bytes, Instant used) {}

    private final Path folder;
    private final long limit;
    private final Map<String, Entry> entries = new HashMap<>();
    private long bytes;

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @throws UncheckedIOException if it cannot be made or read
     */
    SpeechStore(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    enter(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("speech cache: folder " + folder + " cannot be used", e);
        }
        trim();
    }

    private void enter(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(ENDING)) {
            Entry entry =
                    new Entry(Files.size(file), Files.getLastModifiedTime(file).toInstant());
            entries.put(name.substring(0, name.length() - ENDING.length()), entry);
            bytes += entry.bytes();
        } else if (name.startsWith("part-") && name.endsWith(".tmp")) {
            // left by a process that was killed while writing
            Files.deleteIfExists(file);
        }
    }

    synchronized boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Reads from disk. */
    Optional<SpokenText> get(String key) {
        Path file = file(key);
        try {
            SpokenText text = SpeechFile.read(file);
            Instant now = Instant.now();
            Files.setLastModifiedTime(file, FileTime.from(now));
            synchronized (this) {
                entries.computeIfPresent(key, (k, entry) -> new Entry(entry.bytes(), now));
            }
            return Optional.of(text);
        } catch (NoSuchFileException e) {
            forget(key);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "speech cache: {0} is dropped: {1}", file.getFileName(), e.toString());
            forget(key);
            delete(file);
        }
        return Optional.empty();
    }

    /** Writes to disk. If that fails, the text is not kept, and that is all. */
    void put(String key, SpokenText text) {
        Path file = file(key);
        try {
            SpeechFile.write(file, text);
            long size = Files.size(file);
            synchronized (this) {
                Entry before = entries.put(key, new Entry(size, Instant.now()));
                bytes += size - (before == null ? 0 : before.bytes());
            }
            trim();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "speech cache: cannot write {0}: {1}",
                    file.getFileName(),
                    e.toString());
        }
    }

    private void trim() {
        List<Path> old = new ArrayList<>();
        synchronized (this) {
            if (bytes <= limit) {
                return;
            }
            List<Map.Entry<String, Entry>> byAge = entries.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getValue().used()))
                    .toList();
            for (Map.Entry<String, Entry> entry : byAge) {
                if (bytes <= limit) {
                    break;
                }
                entries.remove(entry.getKey());
                bytes -= entry.getValue().bytes();
                old.add(file(entry.getKey()));
            }
        }
        old.forEach(SpeechStore::delete);
    }

    private synchronized void forget(String key) {
        Entry entry = entries.remove(key);
        bytes -= entry == null ? 0 : entry.bytes();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "speech cache: cannot delete {0}: {1}",
                    file.getFileName(),
                    e.toString());
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ENDING);
    }
}
