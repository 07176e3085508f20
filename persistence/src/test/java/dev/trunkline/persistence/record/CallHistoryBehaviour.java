package dev.trunkline.persistence.record;

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
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every record of calls does, wherever it is kept. */
public abstract class CallHistoryBehaviour {

    /** Writes the entries, so that they can be read when it returns. */
    protected abstract void write(CallLogEntry... entries) throws Exception;

    /** Reads them. */
    protected abstract CallHistory history();

    @Test
    void aWholeCallIsReadAsItWasWritten() throws Exception {
        CallLogEntry.Opened opened = opened("c1", 0);
        CallLogEntry.TurnTaken greeting = turn("c1", 1, "Hello. How can I help?");
        CallLogEntry.TurnTaken question = turn("c1", 2, "When are you open? ☎ «heures»");
        CallLogEntry.MessageLeft message = message("c1", 1, "Please call back");
        write(opened, answered("c1", 1), greeting, question, message, closed("c1", 30));

        CallRecord read = history().find(new CallId("c1")).orElseThrow();
        assertThat(read)
                .isEqualTo(new CallRecord(
                        opened.info(),
                        "node-a",
                        "reception",
                        "scenario:reception",
                        at(1),
                        at(30),
                        EndReason.CALLER_HUNG_UP,
                        "BYE",
                        Entries.QUALITY,
                        List.of(greeting.turn(), question.turn()),
                        List.of(message.message()),
                        2));
    }

    @Test
    void aCallThatGoesOnHasNoEnd() throws Exception {
        write(opened("c1", 0));
        CallRecord read = history().find(new CallId("c1")).orElseThrow();
        assertThat(read.answeredAt()).isNull();
        assertThat(read.endedAt()).isNull();
        assertThat(read.endReason()).isNull();
        assertThat(read.turns()).isEmpty();
    }

    @Test
    void whatWasNotMeasuredStaysUnmeasured() throws Exception {
        CallLogEntry.TurnTaken first = turn("c1", 1, "Hello");
        Turn unmeasured = new Turn(2, Speaker.CALLER, "Hi", at(3), at(4), false, TurnLatency.NONE);
        write(opened("c1", 0), first, new CallLogEntry.TurnTaken(new CallId("c1"), unmeasured));
        assertThat(history().find(new CallId("c1")).orElseThrow().turns()).containsExactly(first.turn(), unmeasured);
    }

    @Test
    void everythingWrittenTwiceIsThereOnce() throws Exception {
        CallLogEntry[] entries = {
            opened("c1", 0),
            answered("c1", 1),
            turn("c1", 1, "Hello"),
            turn("c1", 2, "Hi"),
            message("c1", 1, "call me"),
            closed("c1", 9)
        };
        write(entries);
        CallRecord once = history().find(new CallId("c1")).orElseThrow();
        write(entries);
        assertThat(history().find(new CallId("c1"))).contains(once);
        assertThat(history().newest(10, null)).hasSize(1);
    }

    @Test
    void aTurnToldMoreExactlyReplacesTheFirstTelling() throws Exception {
        write(opened("c1", 0), turn("c1", 1, "Hello, how can I"), turn("c1", 1, "Hello, how"));
        assertThat(history().find(new CallId("c1")).orElseThrow().turns())
                .extracting(Turn::text)
                .containsExactly("Hello, how");
    }

    @Test
    void turnsAreInOrderWhateverOrderTheyCameIn() throws Exception {
        write(opened("c1", 0), turn("c1", 3, "three"), turn("c1", 1, "one"), turn("c1", 2, "two"));
        assertThat(history().find(new CallId("c1")).orElseThrow().turns())
                .extracting(Turn::text)
                .containsExactly("one", "two", "three");
    }

    @Test
    void listsAreNewestFirstWithoutTurnsButWithTheirCount() throws Exception {
        write(opened("c2", 20), opened("c1", 10), opened("c3", 30), turn("c2", 1, "Hello"), turn("c2", 2, "Hi"));
        List<CallRecord> newest = history().newest(10, null);
        assertThat(newest).extracting(call -> call.info().id().value()).containsExactly("c3", "c2", "c1");
        assertThat(newest.get(1).turnCount()).isEqualTo(2);
        assertThat(newest.get(1).turns()).isEmpty();
    }

    @Test
    void aListIsReadPageByPageEvenWhenCallsBeganTogether() throws Exception {
        write(opened("c1", 5), opened("c2", 5), opened("c3", 5), opened("c4", 1), opened("c5", 9));
        assertThat(ids(history().newest(2, null))).containsExactly("c5", "c3");
        assertThat(ids(history().newest(2, new CallId("c3")))).containsExactly("c2", "c1");
        assertThat(ids(history().newest(2, new CallId("c1")))).containsExactly("c4");
        assertThat(history().newest(2, new CallId("c4"))).isEmpty();
        assertThat(history().newest(2, new CallId("nobody"))).isEmpty();
    }

    @Test
    void aTurnWhoseCallWasLostIsKept() throws Exception {
        write(turn("c1", 2, "Is anybody there?"), closed("c1", 9));
        CallRecord read = history().find(new CallId("c1")).orElseThrow();
        assertThat(read.turns()).extracting(Turn::text).containsExactly("Is anybody there?");
        assertThat(read.info().channel()).isEqualTo("unknown");
        assertThat(read.endReason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void anUnknownCallIsNotFoundAndABadLimitIsRefused() {
        assertThat(history().find(new CallId("nobody"))).isEmpty();
        assertThatThrownBy(() -> history().newest(0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history().newest(1_001, null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(List<CallRecord> calls) {
        return calls.stream().map(call -> call.info().id().value()).toList();
    }
}
