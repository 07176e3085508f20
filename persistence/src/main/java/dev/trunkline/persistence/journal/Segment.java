package dev.trunkline.persistence.journal;

import dev.trunkline.core.record.CallLogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One file of the journal. Not thread-safe, but for {@link #sync}. */
final class Segment {

    private static final int CHUNK = 256 << 10;

    private final Path file;
    private final long number;
    private long length;
    private long readTo;
    private int layout;
    private volatile @Nullable FileChannel channel;

    private Segment(Path file, long number, long length) {
        this.file = file;
        this.number = number;
        this.length = length;
    }

    /** A new file for writing. */
    static Segment create(Path folder, long number) throws IOException {
        Path file = folder.resolve(String.format("%016d.jsonl", number));
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Segment segment = new Segment(file, number, 0);
        segment.channel = channel;
        return segment;
    }

    /** A file that an earlier life left; empty if it is none of ours. */
    static Optional<Segment> found(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.matches("[0-9]{16}\\.jsonl")) {
            return Optional.empty();
        }
        return Optional.of(new Segment(file, Long.parseLong(name.substring(0, 16)), Files.size(file)));
    }

    /**
     * What was read.
     *
     * @param entries those that are whole, in order
     * @param unreadable how many lines were spoilt
     * @param end where the next reading begins
     */
    record Part(List<CallLogEntry> entries, int unreadable, long end) {}

    long number() {
        return number;
    }

    long length() {
        return length;
    }

    /** How many bytes have not reached the database. */
    long waiting() {
        return length - readTo;
    }

    /** Rises when the file is written anew: places in it that were read before mean nothing then. */
    int layout() {
        return layout;
    }

    /** Notes that everything up to there has reached the database. */
    void acknowledge(long end) {
        readTo = Math.max(readTo, end);
    }

    /** Appends whole lines; on failure nothing of them stays. */
    void append(byte[] lines) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("segment is closed: " + file);
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(lines);
            long at = length;
            while (buffer.hasRemaining()) {
                at += open.write(buffer, at);
            }
            length = at;
        } catch (IOException e) {
            open.truncate(length);
            throw e;
        }
    }

    /** Forces what was written to the disk. May run beside the other methods. */
    void sync() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            try {
                open.force(false);
            } catch (ClosedChannelException finishedMeanwhile) {
                // and forced by that
            }
        }
    }

    /** Ends the writing. */
    void finish() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            channel = null;
            open.force(false);
            open.close();
        }
    }

    void delete() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
        Files.deleteIfExists(file);
    }

    /** Reads on behind what has reached the database, at most so many entries. A torn last line counts as unreadable. */
    Part read(int most) throws IOException {
        return read(readTo, most);
    }

    private Part read(long from, int most) throws IOException {
        List<CallLogEntry> entries = new ArrayList<>();
        int unreadable = 0;
        long at = from;
        // a channel of its own: an interrupted reader closes its channel, and the writer's must stay open
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            int chunk = CHUNK;
            while (at < length && entries.size() < most) {
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(chunk, length - at));
                while (buffer.hasRemaining() && in.read(buffer, at + buffer.position()) > 0) {
                    // until it is full or the file ends
                }
                boolean last = at + buffer.position() >= length || buffer.hasRemaining();
                int line = 0;
                for (int i = 0; i < buffer.position() && entries.size() < most; i++) {
                    if (buffer.array()[i] == '\n') {
                        Optional<CallLogEntry> entry = EntryCodec.decode(buffer.array(), line, i - line);
                        entry.ifPresent(entries::add);
                        unreadable += entry.isPresent() ? 0 : 1;
                        line = i + 1;
                    }
                }
                if (line == 0 && last) {
                    return new Part(entries, unreadable + 1, length);
                }
                if (line == 0) {
                    chunk *= 2;
                }
                at += line;
            }
        }
        return new Part(entries, unreadable, at);
    }

    /**
     * What thinning gave up.
     *
     * @param dropped entries that were left out
     * @param unreadable lines that were spoilt
     */
    record Thinning(int dropped, int unreadable) {}

    /** Writes the file anew without what has reached the database and without what is not kept. For a finished segment. */
    Thinning thin(Predicate<CallLogEntry> keep) throws IOException {
        Part part = read(Integer.MAX_VALUE);
        Path thinner = file.resolveSibling(file.getFileName() + ".tmp");
        int dropped = 0;
        long written = 0;
        try (FileChannel out = FileChannel.open(
                thinner,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            for (CallLogEntry entry : part.entries()) {
                if (!keep.test(entry)) {
                    dropped++;
                    continue;
                }
                ByteBuffer line = ByteBuffer.wrap(EntryCodec.encode(entry));
                while (line.hasRemaining()) {
                    written += out.write(line);
                }
            }
            out.force(false);
        } catch (IOException e) {
            Files.deleteIfExists(thinner);
            throw e;
        }
        Files.move(thinner, file, StandardCopyOption.ATOMIC_MOVE);
        layout++;
        length = written;
        readTo = 0;
        return new Thinning(dropped, part.unreadable());
    }
}
