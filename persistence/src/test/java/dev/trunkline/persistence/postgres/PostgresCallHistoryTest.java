package dev.trunkline.persistence.postgres;

import static dev.trunkline.persistence.record.Entries.answered;
import static dev.trunkline.persistence.record.Entries.at;
import static dev.trunkline.persistence.record.Entries.closed;
import static dev.trunkline.persistence.record.Entries.message;
import static dev.trunkline.persistence.record.Entries.opened;
import static dev.trunkline.persistence.record.Entries.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.core.record.Turn;
import dev.trunkline.persistence.journal.SinkAwayException;
import dev.trunkline.persistence.record.CallHistoryBehaviour;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresCallHistoryTest extends CallHistoryBehaviour {

    private static @Nullable Path folder;
    private static @Nullable Database database;

    @BeforeAll
    static void open() throws Exception {
        folder = TestDatabases.newFolder();
        database = TestDatabases.openAndAwait(folder);
    }

    @AfterAll
    static void close() throws Exception {
        database().close();
        TestDatabases.remove(Objects.requireNonNull(folder));
    }

    @BeforeEach
    void empty() throws Exception {
        TestDatabases.execute(database(), "TRUNCATE trunkline.calls CASCADE");
    }

    @Override
    protected void write(CallLogEntry... entries) throws Exception {
        assertThat(writer().store(List.of(entries))).isZero();
    }

    @Override
    protected CallHistory history() {
        return new PostgresCallHistory(database().dataSource());
    }

    @Test
    void callsThatACrashLeftOpenAreClosedAtTheirLastKnownMoment() throws Exception {
        write(opened("rung", 5), opened("answered", 6), answered("answered", 8));
        write(opened("spoken", 7), answered("spoken", 8), turn("spoken", 6, "Hello"));
        write(opened("noted", 7), turn("noted", 1, "Hello"), message("noted", 1, "call me"));
        write(opened("ended", 7), closed("ended", 9), opened("elsewhere", 7, "node-b"));

        assertThat(writer().closeAbandoned("node-a")).isEqualTo(4);

        assertThat(find("rung").endedAt()).isEqualTo(at(5));
        assertThat(find("answered").endedAt()).isEqualTo(at(8));
        assertThat(find("spoken").endedAt()).isEqualTo(at(13));
        assertThat(find("noted").endedAt()).isEqualTo(at(101));
        assertThat(List.of(find("rung"), find("answered"), find("spoken"), find("noted")))
                .extracting(CallRecord::endReason)
                .containsOnly(EndReason.CRASH);
        assertThat(find("ended").endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(find("elsewhere").endedAt()).isNull();
    }

    @Test
    void aTextThatPostgresCantHoldIsKeptWithoutTheCharacter() throws Exception {
        write(opened("c1", 0), turn("c1", 1, "be\0fore \uD83D after"));
        assertThat(find("c1").turns()).extracting(Turn::text).containsExactly("before ? after");
    }

    @Test
    void anEntryThatIsRefusedForEverDoesNotHoldUpTheOthers() throws Exception {
        TestDatabases.execute(
                database(), "ALTER TABLE trunkline.turns ADD CONSTRAINT polite CHECK (text <> 'forbidden')");
        try {
            int refused = writer().store(List.of(
                    opened("c1", 0), turn("c1", 1, "one"), turn("c1", 2, "forbidden"), turn("c1", 3, "three")));
            assertThat(refused).isEqualTo(1);
            assertThat(find("c1").turns()).extracting(Turn::text).containsExactly("one", "three");
        } finally {
            TestDatabases.execute(database(), "ALTER TABLE trunkline.turns DROP CONSTRAINT polite");
        }
    }

    @Test
    void aMissingTableIsTriedAgainAndLosesNothing() throws Exception {
        TestDatabases.execute(database(), "ALTER TABLE trunkline.turns RENAME TO hidden");
        try {
            assertThatThrownBy(() -> writer().store(List.of(opened("c1", 0), turn("c1", 1, "one"))))
                    .isInstanceOf(SinkAwayException.class);
            assertThat(TestDatabases.number(database(), "SELECT count(*) FROM trunkline.calls"))
                    .isZero();
            assertThatThrownBy(() -> history().find(new CallId("c1"))).isInstanceOf(HistoryUnavailableException.class);
        } finally {
            TestDatabases.execute(database(), "ALTER TABLE trunkline.hidden RENAME TO turns");
        }
    }

    private static CallRecord find(String id) {
        return new PostgresCallHistory(database().dataSource())
                .find(new CallId(id))
                .orElseThrow();
    }

    private static CallRecordWriter writer() {
        return new CallRecordWriter(database().dataSource());
    }

    private static Database database() {
        return Objects.requireNonNull(database);
    }
}
