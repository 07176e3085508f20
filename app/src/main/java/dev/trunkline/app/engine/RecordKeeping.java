package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.health.Part;
import dev.trunkline.app.metrics.RoomMetrics;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.persistence.journal.JournalSettings;
import dev.trunkline.persistence.journal.JournalStatistics;
import dev.trunkline.persistence.journal.JournaledCallLog;
import dev.trunkline.persistence.postgres.CallRecordWriter;
import dev.trunkline.persistence.postgres.Database;
import dev.trunkline.persistence.postgres.DatabaseSettings;
import dev.trunkline.persistence.postgres.DatabaseStatus;
import dev.trunkline.persistence.postgres.PostgresCallHistory;
import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgresSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The record of calls: a journal on disk that is there at once, and the database behind it that comes when it comes. */
final class RecordKeeping implements AutoCloseable {

    private final Database database;
    private final JournaledCallLog log;
    private final CallHistory history;
    private final boolean embedded;

    private RecordKeeping(Database database, JournaledCallLog log, CallHistory history, boolean embedded) {
        this.database = database;
        this.log = log;
        this.history = history;
        this.embedded = embedded;
    }

    /**
     * Opens the journal and begins to reach the database.
     *
     * @throws StartException if the journal can't be used
     */
    static RecordKeeping start(Configuration settings) {
        Configuration.Database wanted = settings.database();
        Database database = Database.open(
                wanted.embedded()
                        ? new DatabaseSettings.Embedded(EmbeddedPostgresSettings.in(settings.dataFolder())
                                .withPort(wanted.port()))
                        : new DatabaseSettings.External(
                                wanted.url(), wanted.user(), wanted.password().value()));
        try {
            JournaledCallLog log = new JournaledCallLog(
                    JournalSettings.in(settings.dataFolder().resolve("journal"), settings.node())
                            .withLimit((long) wanted.journalMegabytes() << 20),
                    new CallRecordWriter(database.dataSource()));
            return new RecordKeeping(database, log, new PostgresCallHistory(database.dataSource()), wanted.embedded());
        } catch (IllegalStateException | UncheckedIOException e) {
            database.close();
            throw new StartException("the record can't be kept: " + e.getMessage() + " (TRUNKLINE_DATA_DIR)", e);
        }
    }

    /** Takes down what happens. */
    CallLog log() {
        return log;
    }

    /** What was taken down. */
    CallHistory history() {
        return history;
    }

    /** How the two are. */
    List<Part> parts() {
        JournalStatistics journal = log.statistics();
        long waiting = journal.taken() - journal.stored() - journal.refused() - lost(journal);
        return List.of(
                database(),
                new Part(
                        "journal",
                        journal.diskTakes() ? Part.State.UP : Part.State.DOWN,
                        Math.max(0, waiting) + " entries wait, " + lost(journal) + " lost",
                        false));
    }

    private Part database() {
        String kind = embedded ? "embedded PostgreSQL" : "PostgreSQL";
        return switch (database.status()) {
            case DatabaseStatus.Starting starting -> new Part("database", Part.State.STARTING, kind, false);
            case DatabaseStatus.Up up -> new Part("database", Part.State.UP, kind, false);
            case DatabaseStatus.Away away -> new Part("database", Part.State.DOWN, kind + ": " + away.why(), false);
            case DatabaseStatus.Closed closed -> new Part("database", Part.State.DOWN, kind + ": closed", false);
        };
    }

    private static long lost(JournalStatistics journal) {
        return journal.turnsDropped() + journal.entriesLost();
    }

    /** Shows its counts. */
    void bindTo(RoomMetrics metrics) {
        metrics.counter(
                "trunkline.journal.entries",
                "entries written",
                () -> log.statistics().taken());
        metrics.counter(
                "trunkline.journal.stored",
                "entries that reached the database",
                () -> log.statistics().stored());
        metrics.counter("trunkline.journal.lost", "entries that were given up", () -> lost(log.statistics()));
        metrics.gauge(
                "trunkline.journal.waiting.bytes",
                "bytes that wait for the database",
                () -> log.statistics().waitingBytes());
        metrics.gauge("trunkline.database.up", "whether the database answers: 1 or 0", () -> database.isUp() ? 1 : 0);
    }

    /** Waits until everything taken down so far is in the journal's file. Returns whether it is. */
    boolean awaitWritten(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!log.isSettled() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        return log.isSettled();
    }

    /** Says at once that a database can't be read when that is known already, instead of trying for seconds. */
    private record WhileThere(Database database, CallHistory history) implements CallHistory {

        @Override
        public List<CallRecord> newest(int limit, @Nullable CallId before) {
            check();
            return history.newest(limit, before);
        }

        @Override
        public Optional<CallRecord> find(CallId id) {
            check();
            return history.find(id);
        }

        private void check() {
            if (!database.isUp()) {
                throw new HistoryUnavailableException(
                        "the database is not there", new IllegalStateException(String.valueOf(database.status())));
            }
        }
    }

    /** Writes down what is still to be written, and stops the database if it is ours. */
    @Override
    public void close() {
        log.close();
        database.close();
    }
}
