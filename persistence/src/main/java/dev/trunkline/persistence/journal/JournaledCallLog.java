package dev.trunkline.persistence.journal;

import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link CallLog} that never waits: an entry goes into a queue, from there at once into the {@link JournalSettings#folder
 * journal} on disk, and from there, as long as the database takes them, in batches into the {@link RecordSink}.
 *
 * <p>What has been written survives a kill of this process (within about a millisecond of {@link #write}), and a failure of
 * the machine once it is {@link JournalSettings#syncEvery} old. At the next start everything that waited goes to the database
 * first; then the calls that the former life left open are closed; then the new ones follow. Entries can reach the database
 * twice, never in another order.
 *
 * <p>Thread-safe. Three threads of its own: one writes, one forces to disk, one feeds the database.
 */
public final class JournaledCallLog implements CallLog, AutoCloseable {

    private static final Logger LOG = System.getLogger(JournaledCallLog.class.getName());
    private static final int QUEUE = 32_768;
    private static final int BATCH = 256;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 4_000;
    private static final long IDLE_MILLIS = 50;

    /** Between two batches for the database that are not full: each is a transaction, whatever is in it. */
    private static final long FEED_MILLIS = 200;

    private static final long FORGET_WHEN_IDLE_NANOS = 2_000_000_000L;
    private static final long FORGET_AFTER_NANOS = 60_000_000_000L;

    private final JournalSettings settings;
    private final RecordSink sink;
    private final Journal journal;
    private final BlockingQueue<CallLogEntry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong appended = new AtomicLong();
    private final AtomicBoolean lossTold = new AtomicBoolean();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;
    private final Thread syncer;
    private final Thread feeder;
    private final CountDownLatch allWritten = new CountDownLatch(1);
    private volatile boolean databaseTakes;
    private boolean awayTold;
    private boolean formerCallsClosed;

    /**
     * Opens the journal and begins to feed the sink.
     *
     * @throws IllegalStateException if another process uses the folder
     */
    public JournaledCallLog(JournalSettings settings, RecordSink sink) {
        this.settings = settings;
        this.sink = sink;
        this.journal = new Journal(settings);
        writer = Thread.ofPlatform().name("journal-write").daemon().unstarted(this::writeOn);
        syncer = Thread.ofPlatform().name("journal-sync").daemon().unstarted(this::syncOn);
        feeder = Thread.ofPlatform().name("journal-feed").daemon().unstarted(this::feedOn);
        writer.start();
        syncer.start();
        feeder.start();
    }

    @Override
    public void write(CallLogEntry entry) {
        taken.incrementAndGet();
        if (closing.getCount() == 0 || !queue.offer(entry)) {
            lost.incrementAndGet();
            if (lossTold.compareAndSet(false, true)) {
                LOG.log(
                        Level.ERROR,
                        "journal takes no more: entry of call {0} is lost, others are counted",
                        entry.call());
            }
        }
    }

    /** Counts for health and metrics. */
    public JournalStatistics statistics() {
        return journal.statistics(taken.get(), stored.get(), refused.get(), lost.get(), databaseTakes);
    }

    /** Whether everything that was given to it has been appended or counted. */
    public boolean isSettled() {
        return appended.get() + lost.get() >= taken.get();
    }

    /** Writes everything down, waits a limited time for the database to take it, and ends. Later entries are lost. */
    @Override
    public void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        boolean interrupted = join(writer, 10_000);
        allWritten.countDown();
        interrupted |= join(feeder, settings.closeLimit().toMillis());
        feeder.interrupt();
        interrupted |= join(syncer, 5_000);
        journal.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread, long millis) {
        try {
            thread.join(millis);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void writeOn() {
        List<CallLogEntry> entries = new ArrayList<>();
        while (!isClosing() || !queue.isEmpty()) {
            try {
                CallLogEntry first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    entries.add(first);
                    queue.drainTo(entries, BATCH);
                } else if (journal.isOnDisk()) {
                    continue;
                }
                journal.append(entries);
                appended.addAndGet(entries.size());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                lost.addAndGet(entries.size());
                LOG.log(Level.ERROR, "journal lost " + entries.size() + " entries", e);
            }
            entries.clear();
        }
    }

    private void syncOn() {
        long synced = 0;
        boolean end = false;
        while (!end) {
            try {
                end = closing.await(settings.syncEvery().toMillis(), TimeUnit.MILLISECONDS);
                long written = appended.get();
                if (written != synced) {
                    journal.sync();
                    synced = written;
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "journal could not be forced to disk: {0}", e.getMessage());
            }
        }
    }

    private void feedOn() {
        long pause = FIRST_PAUSE_MILLIS;
        long fedAt = System.nanoTime();
        long forgottenAt = fedAt;
        boolean lastRound = false;
        boolean end = false;
        while (!end) {
            long wait = 0;
            try {
                int fed = feedOnce();
                long now = System.nanoTime();
                fedAt = fed > 0 ? now : fedAt;
                if (fed < BATCH) {
                    wait = FEED_MILLIS;
                    if (now - fedAt > FORGET_WHEN_IDLE_NANOS || now - forgottenAt > FORGET_AFTER_NANOS) {
                        journal.forgetStored();
                        forgottenAt = now;
                    }
                }
                pause = FIRST_PAUSE_MILLIS;
            } catch (SinkAwayException | IOException | RuntimeException e) {
                databaseAway(e);
                wait = pause;
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
            try {
                if (wait > 0) {
                    // one more round after the last entry was written
                    end = lastRound;
                    lastRound = allWritten.await(wait, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void databaseAway(Exception e) {
        if (databaseTakes || !awayTold) {
            awayTold = true;
            LOG.log(Level.INFO, "journal keeps what the database does not take: {0}", String.valueOf(e.getMessage()));
        }
        databaseTakes = false;
    }

    /** Stores the next batch. Returns how many entries were in it. */
    private int feedOnce() throws SinkAwayException, IOException {
        if (!formerCallsClosed && !journal.holdsFormerLife()) {
            int closed = sink.closeAbandoned(settings.node());
            formerCallsClosed = true;
            databaseTaken();
            if (closed > 0) {
                LOG.log(Level.INFO, "{0} calls that a crash left open are closed", Integer.toString(closed));
            }
        }
        Journal.Batch batch = journal.next(BATCH);
        if (batch.isEmpty()) {
            return 0;
        }
        int notTaken = sink.store(batch.entries());
        journal.acknowledge(batch);
        refused.addAndGet(notTaken);
        stored.addAndGet(batch.entries().size() - notTaken);
        databaseTaken();
        return batch.entries().size();
    }

    private void databaseTaken() {
        if (!databaseTakes) {
            databaseTakes = true;
            LOG.log(Level.INFO, "journal feeds the database, {0} bytes wait", Long.toString(journal.waitingBytes()));
        }
    }
}
