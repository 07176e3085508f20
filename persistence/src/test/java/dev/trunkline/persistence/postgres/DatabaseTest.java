package dev.trunkline.persistence.postgres;

import static dev.trunkline.persistence.record.Entries.at;
import static dev.trunkline.persistence.record.Entries.closed;
import static dev.trunkline.persistence.record.Entries.opened;
import static dev.trunkline.persistence.record.Entries.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.core.record.Turn;
import dev.trunkline.persistence.journal.JournalSettings;
import dev.trunkline.persistence.journal.JournaledCallLog;
import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgres;
import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgresSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database beside running calls: late, suspended, killed, and after a crash of the server that wrote to it. */
class DatabaseTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private Path folder = Path.of("/");

    @BeforeEach
    void makeFolder() throws Exception {
        folder = TestDatabases.newFolder();
    }

    @AfterEach
    void endEverything() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        if (Files.exists(folder.resolve("postgres/data/postmaster.pid"))) {
            long pid = TestDatabases.serverIn(folder);
            TestDatabases.signalServer("KILL", pid);
            await().until(() -> ProcessHandle.of(pid).isEmpty());
        }
        TestDatabases.remove(folder);
    }

    @Test
    void callsAreTakenDownBeforeTheDatabaseIsThere() {
        Database database = open(TestDatabases.open(folder));
        assertThat(database.status()).isInstanceOf(DatabaseStatus.Starting.class);
        assertThatThrownBy(() -> database.dataSource().getConnection())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not up");
        CallHistory history = new PostgresCallHistory(database.dataSource());
        assertThatThrownBy(() -> history.newest(10, null)).isInstanceOf(HistoryUnavailableException.class);

        JournaledCallLog log = log(database);
        log.write(opened("early", 0));
        log.write(turn("early", 1, "Hello"));
        TestDatabases.awaitUp(database);
        eventually(() -> history.find(new CallId("early"))
                .filter(call -> call.turnCount() == 1)
                .isPresent());
        // a call of this life is not one that a crash left open
        assertThat(history.find(new CallId("early")).orElseThrow().endedAt()).isNull();
    }

    @Test
    void aDatabaseThatStandsStillForAWhileLosesNothing() throws Exception {
        Database database = open(TestDatabases.openAndAwait(folder));
        JournaledCallLog log = log(database);
        CallHistory history = new PostgresCallHistory(database.dataSource());
        log.write(opened("long", 0));
        IntStream.rangeClosed(1, 300).forEach(n -> log.write(turn("long", n, "turn " + n)));
        eventually(() -> log.statistics().stored() == 301);

        long pid = TestDatabases.serverIn(folder);
        TestDatabases.signalServer("STOP", pid);
        try {
            IntStream.rangeClosed(301, 900).forEach(n -> log.write(turn("long", n, "turn " + n)));
            eventually(() -> log.statistics().waitingBytes() > 0);
            eventually(() -> !database.isUp());
            assertThat(log.statistics().stored()).isEqualTo(301);
        } finally {
            TestDatabases.signalServer("CONT", pid);
        }
        log.write(closed("long", 9));
        eventually(() -> log.statistics().waitingBytes() == 0);
        assertTurns(history.find(new CallId("long")).orElseThrow(), 900);
        eventually(database::isUp);
        assertThat(log.statistics().entriesLost() + log.statistics().turnsDropped())
                .isZero();
    }

    @Test
    void aDatabaseThatDiesIsStartedAgainAndLosesNothing() throws Exception {
        Database database = open(TestDatabases.openAndAwait(folder));
        JournaledCallLog log = log(database);
        CallHistory history = new PostgresCallHistory(database.dataSource());
        log.write(opened("long", 0));
        IntStream.rangeClosed(1, 300).forEach(n -> log.write(turn("long", n, "turn " + n)));
        long pid = TestDatabases.serverIn(folder);
        TestDatabases.signalServer("KILL", pid);
        IntStream.rangeClosed(301, 600).forEach(n -> log.write(turn("long", n, "turn " + n)));

        eventually(() -> history.find(new CallId("long"))
                .filter(call -> call.turnCount() == 600)
                .isPresent());
        assertTurns(history.find(new CallId("long")).orElseThrow(), 600);
        assertThat(TestDatabases.serverIn(folder)).isNotEqualTo(pid);
    }

    @Test
    void aKilledServersCallIsWholeAndClosedAsCrashedAtTheNextStart() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CallWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(server);
        int written = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                written = Integer.parseInt(line.split(" ")[0]);
                // killed once some is in the database, in the middle of a turn
                if (server.isAlive() && Integer.parseInt(line.split(" ")[1]) > 50) {
                    TestDatabases.signal("KILL", server.pid());
                }
                line = lines.readLine();
            }
        }
        assertThat(written).isGreaterThan(50);
        long left = TestDatabases.serverIn(folder);
        assertThat(ProcessHandle.of(left).orElseThrow().isAlive()).isTrue();

        Database database = open(TestDatabases.openAndAwait(folder));
        assertThat(TestDatabases.serverIn(folder)).isEqualTo(left);
        JournaledCallLog log = log(database);
        log.write(opened("next", 0));
        CallHistory history = new PostgresCallHistory(database.dataSource());
        eventually(() -> history.find(new CallId("next")).isPresent());

        CallRecord crashed = history.find(new CallId("endless")).orElseThrow();
        assertThat(crashed.endReason()).isEqualTo(EndReason.CRASH);
        // the last turn or two may have been on their way to the disk
        assertThat(crashed.turnCount()).isBetween(written - 2, written + 1);
        assertTurns(crashed, crashed.turnCount());
        assertThat(crashed.endedAt()).isEqualTo(at(crashed.turnCount() * 2 + 1));
        assertThat(history.find(new CallId("next")).orElseThrow().endedAt()).isNull();
    }

    @Test
    void aDatabaseElsewhereIsReachedByItsAddressAndMigratedOnce() throws Exception {
        try (EmbeddedPostgres elsewhere = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(folder))) {
            DatabaseSettings.External settings =
                    new DatabaseSettings.External(elsewhere.url(), elsewhere.user(), elsewhere.password());
            for (int time = 0; time < 2; time++) {
                try (Database database = Database.open(settings)) {
                    TestDatabases.awaitUp(database);
                    assertThat(TestDatabases.number(
                                    database,
                                    "SELECT max(times) FROM (SELECT count(*) AS times"
                                            + " FROM trunkline.flyway_schema_history WHERE type = 'SQL'"
                                            + " GROUP BY version) AS migrations"))
                            .isEqualTo(1);
                }
            }
            assertThat(elsewhere.isAlive()).isTrue();

            try (Database wrong =
                    Database.open(new DatabaseSettings.External(elsewhere.url(), elsewhere.user(), "guessed"))) {
                eventually(() -> wrong.status() instanceof DatabaseStatus.Away);
                assertThat(wrong.status().toString()).doesNotContain("guessed");
            }
            assertThat(settings.toString()).doesNotContain(elsewhere.password());
        }
    }

    private static void assertTurns(CallRecord call, int count) {
        assertThat(call.turns())
                .extracting(Turn::text)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, count)
                        .mapToObj(n -> "turn " + n)
                        .toList());
    }

    private Database open(Database database) {
        open.add(database);
        return database;
    }

    private JournaledCallLog log(Database database) {
        JournaledCallLog log = new JournaledCallLog(
                JournalSettings.in(folder.resolve("journal"), "node-a"), new CallRecordWriter(database.dataSource()));
        open.add(log);
        return log;
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(HistoryUnavailableException.class)
                .until(condition);
    }
}
