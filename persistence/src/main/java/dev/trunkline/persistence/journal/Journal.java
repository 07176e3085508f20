package dev.trunkline.persistence.journal;

import dev.trunkline.core.record.CallLogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries that wait for the database, oldest first: segments on disk, and behind them, while the disk takes nothing, a
 * bounded list in memory.
 *
 * <p>When it is full, what matters least goes first: the turns of the oldest segment, then of the next; then whole segments,
 * the oldest first. So a call and the message that somebody left outlive the wording of old conversations. Everything given
 * up is counted.
 *
 * <p>Thread-safe by one lock that is held for memory and file access alone, never for the database.
 */
final class Journal implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Journal.class.getName());
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final JournalSettings settings;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final List<CallLogEntry> memory = new ArrayList<>();
    private final Path folder;
    private @Nullable FileChannel lock;
    private @Nullable Segment active;
    private long nextNumber = 1;
    private long left;
    private long memoryLayout;
    private long diskFailedAt;
    private boolean diskTakes = true;
    private boolean fullTold;
    private long unreadable;
    private long turnsDropped;
    private long entriesLost;

    /**
     * Finds what an earlier life left behind.
     *
     * @throws IllegalStateException if another process uses the folder
     */
    Journal(JournalSettings settings) {
        this.settings = settings;
        this.folder = settings.folder();
        try {
            open();
        } catch (IOException e) {
            diskFailed(e);
        }
    }

    /**
     * The next entries for the database.
     *
     * @param segment the segment they were read from; null if they were in memory
     * @param end where the segment was read up to, or how many were taken from memory
     * @param layout of the segment or of the memory at that moment; under another one the end means nothing
     * @param unreadable how many spoilt lines were passed
     */
    record Batch(List<CallLogEntry> entries, @Nullable Segment segment, long end, long layout, int unreadable) {
        boolean isEmpty() {
            return entries.isEmpty();
        }
    }

    private void open() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            // told below
        }
        if (taken == null) {
            channel.close();
            throw new IllegalStateException("another Trunkline uses the journal in " + folder
                    + ": stop it, or set TRUNKLINE_DATA_DIR to another folder");
        }
        lock = channel;
        List<Segment> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Segment.found(file).ifPresent(found::add);
                if (file.toString().endsWith(".tmp")) {
                    Files.delete(file);
                }
            }
        }
        found.sort(Comparator.comparingLong(Segment::number));
        segments.addAll(found);
        if (!found.isEmpty()) {
            left = found.getLast().number();
            nextNumber = left + 1;
        }
    }

    /** Whether entries of an earlier life still wait. */
    synchronized boolean holdsFormerLife() {
        Segment head = segments.peekFirst();
        return head != null && head.number() <= left;
    }

    /** Appends the entries, to the disk if it takes them. Never fails. */
    synchronized void append(List<CallLogEntry> entries) {
        memory.addAll(entries);
        if (!diskTakes && System.nanoTime() - diskFailedAt < RETRY_NANOS) {
            boundMemory();
            return;
        }
        try {
            writeMemoryOut();
            if (!diskTakes) {
                diskTakes = true;
                LOG.log(Level.INFO, "journal in {0} writes to disk again", folder);
            }
        } catch (IOException e) {
            diskFailed(e);
            boundMemory();
        }
        boundDisk();
    }

    private void writeMemoryOut() throws IOException {
        if (lock == null) {
            open();
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        while (!memory.isEmpty()) {
            lines.reset();
            int count = 0;
            while (count < memory.size() && lines.size() < settings.segmentSize()) {
                try {
                    lines.writeBytes(EntryCodec.encode(memory.get(count)));
                    count++;
                } catch (RuntimeException e) {
                    CallLogEntry entry = memory.remove(count);
                    memoryLayout++;
                    entriesLost++;
                    LOG.log(Level.WARNING, "entry of call {0} can''t be written: {1}", entry.call(), e.getMessage());
                }
            }
            writable().append(lines.toByteArray());
            memory.subList(0, count).clear();
            memoryLayout++;
        }
    }

    private Segment writable() throws IOException {
        Segment segment = active;
        if (segment != null && segment.length() >= settings.segmentSize()) {
            roll();
            segment = null;
        }
        if (segment == null) {
            segment = Segment.create(folder, nextNumber++);
            segments.addLast(segment);
            active = segment;
        }
        return segment;
    }

    private void roll() throws IOException {
        Segment segment = active;
        active = null;
        if (segment != null) {
            segment.finish();
        }
    }

    private void diskFailed(IOException e) {
        diskFailedAt = System.nanoTime();
        if (diskTakes) {
            diskTakes = false;
            LOG.log(
                    Level.ERROR,
                    "journal in {0} can''t be written ({1}); keeping up to {2} entries in memory",
                    folder,
                    e.getMessage(),
                    Integer.toString(settings.memoryLimit()));
        }
    }

    private void boundMemory() {
        if (memory.size() <= settings.memoryLimit()) {
            return;
        }
        memoryLayout++;
        int before = memory.size();
        List<CallLogEntry> older = memory.subList(0, before / 2);
        older.removeIf(CallLogEntry.TurnTaken.class::isInstance);
        turnsDropped += before - memory.size();
        int over = memory.size() - settings.memoryLimit();
        if (over > 0) {
            memory.subList(0, over).clear();
            entriesLost += over;
        }
    }

    private void boundDisk() {
        if (waitingBytes() <= settings.limit()) {
            return;
        }
        if (!fullTold) {
            fullTold = true;
            LOG.log(
                    Level.ERROR,
                    "journal in {0} is full ({1} bytes): the oldest turns are given up until the database is back",
                    folder,
                    Long.toString(settings.limit()));
        }
        try {
            while (waitingBytes() > settings.limit() - settings.segmentSize() && giveUpOldest()) {
                // one segment after the other
            }
        } catch (IOException e) {
            diskFailed(e);
        }
    }

    /** Makes room by what matters least. Returns whether there was anything. */
    private boolean giveUpOldest() throws IOException {
        for (Segment segment : segments) {
            if (segment != active && segment.layout() == 0) {
                Segment.Thinning thinning = segment.thin(entry -> !(entry instanceof CallLogEntry.TurnTaken));
                turnsDropped += thinning.dropped();
                unreadable += thinning.unreadable();
                return true;
            }
        }
        Segment oldest = segments.peekFirst();
        if (oldest == null || oldest == active) {
            return false;
        }
        entriesLost += oldest.read(Integer.MAX_VALUE).entries().size();
        segments.removeFirst();
        oldest.delete();
        return true;
    }

    /** The oldest entries, at most so many; empty if none wait. */
    synchronized Batch next(int most) throws IOException {
        while (!segments.isEmpty()) {
            Segment head = segments.getFirst();
            Segment.Part part = head.read(most);
            if (!part.entries().isEmpty()) {
                return new Batch(part.entries(), head, part.end(), head.layout(), part.unreadable());
            }
            unreadable += part.unreadable();
            head.acknowledge(part.end());
            if (head == active) {
                break;
            }
            segments.removeFirst();
            head.delete();
        }
        int count = Math.min(most, memory.size());
        return new Batch(List.copyOf(memory.subList(0, count)), null, count, memoryLayout, 0);
    }

    /** Notes that the batch has reached the database. Without effect if its segment was thinned since: it comes again. */
    synchronized void acknowledge(Batch batch) throws IOException {
        Segment segment = batch.segment();
        if (segment == null) {
            if (batch.layout() == memoryLayout) {
                memory.subList(0, (int) batch.end()).clear();
                memoryLayout++;
            }
            return;
        }
        if (segments.peekFirst() != segment || batch.layout() != segment.layout()) {
            return;
        }
        unreadable += batch.unreadable();
        segment.acknowledge(batch.end());
        fullTold = false;
        if (segment != active && segment.waiting() == 0) {
            segments.removeFirst();
            segment.delete();
        }
    }

    /** Removes the written file if all of it has reached the database: what was said in calls stays no longer than needed. */
    synchronized void forgetStored() throws IOException {
        Segment segment = active;
        if (segment != null && segment.waiting() == 0 && segments.size() == 1) {
            active = null;
            segments.removeFirst();
            segment.delete();
        }
    }

    /** Forces what was written to the disk. */
    void sync() throws IOException {
        Segment segment;
        synchronized (this) {
            segment = active;
        }
        if (segment != null) {
            segment.sync();
        }
    }

    synchronized long waitingBytes() {
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += segment.waiting();
        }
        return bytes;
    }

    /** Whether every entry is on disk. */
    synchronized boolean isOnDisk() {
        return memory.isEmpty();
    }

    synchronized JournalStatistics statistics(long taken, long stored, long refused, long lost, boolean databaseTakes) {
        return new JournalStatistics(
                taken,
                stored,
                refused,
                unreadable,
                turnsDropped,
                entriesLost + lost,
                waitingBytes(),
                memory.size(),
                diskTakes,
                databaseTakes);
    }

    @Override
    public synchronized void close() {
        try {
            writeMemoryOut();
        } catch (IOException e) {
            if (!memory.isEmpty()) {
                entriesLost += memory.size();
                LOG.log(Level.ERROR, "journal closed: {0} entries are lost, no disk took them", memory.size());
            }
        }
        try {
            forgetStored();
            roll();
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "journal could not be closed: {0}", e.getMessage());
        }
    }
}
