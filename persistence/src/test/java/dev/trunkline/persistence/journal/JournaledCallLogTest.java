package dev.trunkline.persistence.journal;

import static dev.trunkline.persistence.record.Entries.closed;
import static dev.trunkline.persistence.record.Entries.message;
import static dev.trunkline.persistence.record.Entries.opened;
import static dev.trunkline.persistence.record.Entries.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.record.CallLogEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledCallLogTest {

    private static final int TURNS = 1_000;

    @TempDir
    private Path temporary = Path.of("/");

    private Path folder = Path.of("/");
    private final RecordingSink sink = new RecordingSink();
    private final List<JournaledCallLog> open = new ArrayList<>();

    @BeforeEach
    void nameFolder() {
        folder = temporary.resolve("journal");
    }

    @AfterEach
    void closeAll() {
        open.forEach(JournaledCallLog::close);
    }

    @Test
    void whatIsWrittenReachesTheDatabaseInOrder() {
        JournaledCallLog log = start();
        List<CallLogEntry> entries = call("c1", TURNS);
        entries.forEach(log::write);
        eventually(() -> sink.stored().equals(entries));
        assertThat(sink.happened().getFirst()).isEqualTo("closed node-a");
        eventually(() -> log.statistics().stored() == entries.size());
        assertThat(log.statistics().waitingBytes()).isZero();
    }

    @Test
    void whatWasSaidDoesNotStayOnDiskOnceItIsStored() {
        JournaledCallLog log = start();
        call("c1", 3).forEach(log::write);
        eventually(() -> sink.stored().size() == 5);
        eventually(() -> segments().isEmpty());
        call("c2", 3).forEach(log::write);
        eventually(() -> sink.stored().size() == 10);
    }

    @Test
    void aWriterNeverWaitsForADatabaseThatHangs() throws Exception {
        CountDownLatch gate = sink.block();
        JournaledCallLog log = start();
        List<CallLogEntry> entries = call("c1", TURNS);
        Thread caller = Thread.ofVirtual().start(() -> entries.forEach(log::write));
        assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
        eventually(() -> log.statistics().waitingBytes() > 0);
        gate.countDown();
        eventually(() -> sink.stored().equals(entries));
    }

    @Test
    void whileTheDatabaseIsAwayEverythingIsKeptAndComesInOrderAfterwards() {
        JournaledCallLog log = start();
        List<CallLogEntry> entries = call("c1", TURNS);
        entries.subList(0, 300).forEach(log::write);
        eventually(() -> sink.stored().size() == 300);
        sink.away(true);
        entries.subList(300, 700).forEach(log::write);
        eventually(() -> !log.statistics().databaseTakes());
        sink.away(false);
        entries.subList(700, entries.size()).forEach(log::write);
        eventually(() -> sink.stored().equals(entries));
    }

    @Test
    void aBatchWhoseAnswerWasLostComesAgain() {
        sink.failAfterStoring(1);
        JournaledCallLog log = start();
        CallLogEntry entry = turn("c1", 1, "Hello");
        log.write(entry);
        eventually(() -> sink.stored().equals(List.of(entry, entry)));
        eventually(() -> log.statistics().waitingBytes() == 0);
    }

    @Test
    void whatAFormerLifeLeftGoesFirstThenItsOpenCallsAreClosedThenTheNewOnesFollow() {
        sink.away(true);
        JournaledCallLog former = start();
        former.write(opened("c1", 1));
        former.write(turn("c1", 1, "Hello"));
        former.close();
        assertThat(sink.happened()).isEmpty();

        JournaledCallLog log = start();
        log.write(opened("c2", 2));
        sink.away(false);
        eventually(() -> sink.stored().size() == 3);
        assertThat(sink.stored()).containsExactly(opened("c1", 1), turn("c1", 1, "Hello"), opened("c2", 2));
        assertThat(sink.happened()).containsExactly("stored 2", "closed node-a", "stored 1");
    }

    @Test
    void aTornLastLineIsPassedOver() throws Exception {
        sink.away(true);
        JournaledCallLog former = start();
        former.write(opened("c1", 1));
        former.write(turn("c1", 1, "Hello"));
        former.write(turn("c1", 2, "When are you open?"));
        former.close();
        Path segment = segments().getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 20));

        sink.away(false);
        JournaledCallLog log = start();
        log.write(opened("c2", 2));
        eventually(() -> sink.stored().size() == 3);
        assertThat(sink.stored()).containsExactly(opened("c1", 1), turn("c1", 1, "Hello"), opened("c2", 2));
        assertThat(log.statistics().unreadable()).isEqualTo(1);
    }

    @Test
    void aLineThatTheDiskSpoiltIsPassedOverAlone() throws Exception {
        sink.away(true);
        JournaledCallLog former = start();
        former.write(turn("c1", 1, "Hello"));
        former.write(turn("c1", 2, "spoilt"));
        former.write(turn("c1", 3, "Goodbye"));
        former.close();
        Path segment = segments().getFirst();
        Files.writeString(segment, Files.readString(segment).replace("spoilt", "spoiLt"));
        Files.write(segment, "no journal line\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

        sink.away(false);
        JournaledCallLog log = start();
        eventually(() -> sink.stored().size() == 2);
        assertThat(sink.stored()).containsExactly(turn("c1", 1, "Hello"), turn("c1", 3, "Goodbye"));
        eventually(() -> log.statistics().unreadable() == 2);
    }

    @Test
    void aFullJournalGivesUpOldTurnsButNoCallAndNoMessage() {
        sink.away(true);
        JournaledCallLog log = start(JournalSettings.in(folder, "node-a").withLimit(65_536));
        int calls = 60;
        for (int i = 0; i < calls; i++) {
            write(log, opened("c" + i, i));
            for (int number = 1; number <= 12; number++) {
                write(log, turn("c" + i, number, "words ".repeat(20)));
            }
            write(log, message("c" + i, 1, "call me"));
            write(log, closed("c" + i, i));
        }
        eventually(() -> log.statistics().turnsDropped() > 0);
        assertThat(log.statistics().waitingBytes()).isLessThanOrEqualTo(65_536 + 8_192);
        assertThat(log.statistics().entriesLost()).isZero();

        sink.away(false);
        eventually(() -> log.statistics().waitingBytes() == 0);
        List<CallLogEntry> stored = sink.stored();
        assertThat(stored).filteredOn(CallLogEntry.Opened.class::isInstance).hasSize(calls);
        assertThat(stored)
                .filteredOn(CallLogEntry.MessageLeft.class::isInstance)
                .hasSize(calls);
        assertThat(stored).filteredOn(CallLogEntry.Closed.class::isInstance).hasSize(calls);
        List<CallLogEntry> turns =
                stored.stream().filter(CallLogEntry.TurnTaken.class::isInstance).toList();
        assertThat(turns).hasSize((int) (calls * 12 - log.statistics().turnsDropped()));
        assertThat(turns.getLast().call().value()).isEqualTo("c" + (calls - 1));
    }

    @Test
    void withoutTurnsToGiveUpTheOldestCallsGo() {
        sink.away(true);
        JournaledCallLog log = start(JournalSettings.in(folder, "node-a").withLimit(65_536));
        for (int i = 0; i < 500; i++) {
            write(log, opened("c" + i, i));
        }
        eventually(() -> log.statistics().entriesLost() > 0);
        sink.away(false);
        eventually(() -> log.statistics().waitingBytes() == 0);
        assertThat(sink.stored()).hasSize((int) (500 - log.statistics().entriesLost()));
        assertThat(sink.stored().getLast().call().value()).isEqualTo("c499");
    }

    @Test
    void withoutADiskTheEntriesGoFromMemoryToTheDatabase() throws Exception {
        Files.writeString(folder, "a file where the folder should be");
        JournaledCallLog log = start();
        List<CallLogEntry> entries = call("c1", 50);
        entries.forEach(log::write);
        eventually(() -> sink.stored().equals(entries));
        assertThat(log.statistics().diskTakes()).isFalse();
    }

    @Test
    void whenTheDiskTakesAgainWhatWasInMemoryIsWrittenDown() throws Exception {
        sink.away(true);
        Files.writeString(folder, "a file where the folder should be");
        JournaledCallLog log = start();
        List<CallLogEntry> entries = call("c1", 50);
        entries.forEach(log::write);
        eventually(() -> log.statistics().waitingInMemory() == entries.size());
        Files.delete(folder);
        eventually(() -> log.statistics().waitingInMemory() == 0);
        assertThat(log.statistics().diskTakes()).isTrue();
        assertThat(segments()).hasSize(1);
        sink.away(false);
        eventually(() -> sink.stored().equals(entries));
    }

    @Test
    void memoryIsBoundedToo() throws Exception {
        sink.away(true);
        Files.writeString(folder, "a file where the folder should be");
        JournaledCallLog log =
                start(new JournalSettings(folder, "node-a", 65_536, 16, Duration.ofMillis(100), Duration.ofSeconds(1)));
        write(log, opened("c1", 1));
        for (int number = 1; number <= 100; number++) {
            write(log, turn("c1", number, "Hello"));
        }
        write(log, closed("c1", 1));
        assertThat(log.statistics().waitingInMemory()).isLessThanOrEqualTo(16);
        assertThat(log.statistics().turnsDropped() + log.statistics().waitingInMemory())
                .isEqualTo(102);
        sink.away(false);
        eventually(() -> log.statistics().waitingInMemory() == 0);
        assertThat(sink.stored().getFirst()).isEqualTo(opened("c1", 1));
        assertThat(sink.stored().getLast()).isEqualTo(closed("c1", 1));
    }

    @Test
    void aSecondLogInTheSameFolderIsRefused() {
        start();
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another Trunkline");
    }

    @Test
    void onlyTheOwnerReadsTheJournal() throws Exception {
        sink.away(true);
        JournaledCallLog log = start();
        write(log, turn("c1", 1, "Hello"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(segments().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void afterTheCloseAnEntryIsCountedAsLost() {
        JournaledCallLog log = start();
        log.write(opened("c1", 1));
        log.close();
        assertThat(sink.stored()).containsExactly(opened("c1", 1));
        log.write(opened("c2", 2));
        assertThat(log.statistics().entriesLost()).isEqualTo(1);
    }

    @Test
    void everyKindOfEntrySurvivesTheDisk() {
        sink.away(true);
        JournaledCallLog former = start();
        List<CallLogEntry> entries = List.of(
                opened("c1", 1),
                dev.trunkline.persistence.record.Entries.answered("c1", 2),
                turn("c1", 1, "line\nfeed \"quoted\" ☎ \0"),
                message("c1", 1, "call me"),
                closed("c1", 9));
        entries.forEach(former::write);
        former.close();
        sink.away(false);
        start();
        eventually(() -> sink.stored().equals(entries));
    }

    private JournaledCallLog start() {
        return start(JournalSettings.in(folder, "node-a"));
    }

    private JournaledCallLog start(JournalSettings settings) {
        JournaledCallLog log = new JournaledCallLog(settings, sink);
        open.add(log);
        return log;
    }

    /** Writes one entry and waits until the journal has it: otherwise a burst is one batch. */
    private static void write(JournaledCallLog log, CallLogEntry entry) {
        log.write(entry);
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(100_000))
                .until(log::isSettled);
    }

    private static List<CallLogEntry> call(String id, int turns) {
        List<CallLogEntry> entries = new ArrayList<>();
        entries.add(opened(id, 0));
        for (int number = 1; number <= turns; number++) {
            entries.add(turn(id, number, "turn " + number));
        }
        entries.add(closed(id, turns));
        return entries;
    }

    private List<Path> segments() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}
