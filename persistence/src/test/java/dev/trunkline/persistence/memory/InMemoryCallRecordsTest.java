package dev.trunkline.persistence.memory;

import static dev.trunkline.persistence.record.Entries.opened;
import static dev.trunkline.persistence.record.Entries.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.persistence.record.CallHistoryBehaviour;
import org.junit.jupiter.api.Test;

class InMemoryCallRecordsTest extends CallHistoryBehaviour {

    private final InMemoryCallRecords records = new InMemoryCallRecords(100);

    @Override
    protected void write(CallLogEntry... entries) {
        for (CallLogEntry entry : entries) {
            records.write(entry);
        }
    }

    @Override
    protected CallHistory history() {
        return records;
    }

    @Test
    void theOldestCallGoesWhenThereIsNoRoom() {
        InMemoryCallRecords small = new InMemoryCallRecords(2);
        small.write(opened("c2", 2));
        small.write(opened("c1", 1));
        small.write(turn("c1", 1, "Hello"));
        small.write(opened("c3", 3));
        assertThat(small.newest(10, null))
                .extracting(call -> call.info().id().value())
                .containsExactly("c3", "c2");
        assertThat(small.find(new CallId("c1"))).isEmpty();
    }
}
