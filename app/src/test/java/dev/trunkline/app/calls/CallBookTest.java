package dev.trunkline.app.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallBookTest {

    private final List<CallLogEntry> passedOn = new ArrayList<>();
    private final CallMemory memory = new CallMemory(passedOn::add, 2);
    private final Records.History history = new Records.History(1, 2, 3);
    private final CallBook book = new CallBook(memory, history);

    @Test
    void whatIsWrittenGoesOnToTheRecord() {
        memory.write(Records.opened(9));
        memory.write(Records.closed(9));

        assertThat(passedOn).containsExactly(Records.opened(9), Records.closed(9));
    }

    @Test
    void liveCallsStandBeforeThoseOfTheRecordNewestFirst() {
        memory.write(Records.opened(8));
        memory.write(Records.opened(9));

        assertThat(ids(book.newest(10, null)))
                .containsExactly("call-0009", "call-0008", "call-0003", "call-0002", "call-0001");
    }

    @Test
    void aCallInMemoryAndInTheRecordIsThereOnceAsTheMemoryHasIt() {
        memory.write(Records.opened(3));

        CallPage page = book.newest(10, null);

        assertThat(ids(page)).containsExactly("call-0003", "call-0002", "call-0001");
        assertThat(page.items().getFirst().state()).isEqualTo(CallState.RINGING);
    }

    @Test
    void aPageEndsAtItsLimitAndTheNextGoesOnBehindIt() {
        memory.write(Records.opened(9));

        CallPage first = book.newest(2, null);
        CallPage second = book.newest(2, new CallId("call-0003"));

        assertThat(ids(first)).containsExactly("call-0009", "call-0003");
        assertThat(first.more()).isTrue();
        assertThat(ids(second)).containsExactly("call-0002", "call-0001");
        assertThat(second.more()).isFalse();
    }

    @Test
    void whileTheRecordIsAwayThereAreTheCallsInMemory() {
        memory.write(Records.opened(9));
        history.away = true;

        CallPage page = book.newest(10, null);

        assertThat(ids(page)).containsExactly("call-0009");
        assertThat(page.complete()).isFalse();
        assertThat(book.find(new CallId("call-0009"))).isPresent();
        assertThatExceptionOfType(HistoryUnavailableException.class)
                .isThrownBy(() -> book.find(new CallId("call-0001")));
    }

    @Test
    void aLiveCallShowsItsTurnsAsTheyAreTaken() {
        memory.write(Records.opened(9));
        memory.write(Records.turn(9, 1, Speaker.AGENT, "Hello", TurnLatency.NONE));
        memory.write(Records.turn(9, 2, Speaker.CALLER, "Hi", TurnLatency.NONE));
        memory.write(Records.turn(9, 1, Speaker.AGENT, "Hello there", TurnLatency.NONE));

        CallRecord call = record(9);

        assertThat(call.turns()).extracting(Turn::text).containsExactly("Hello there", "Hi");
        assertThat(call.turnCount()).isEqualTo(2);
        assertThat(book.newest(1, null).items().getFirst().record().turns()).isEmpty();
        assertThat(book.newest(1, null).items().getFirst().record().turnCount()).isEqualTo(2);
    }

    @Test
    void aCallGoesThroughItsStatesToTheEndAndStaysThere() {
        memory.write(Records.opened(9));
        memory.on(Records.call(9), new ConversationEvent.StateChanged(CallState.RINGING, CallState.CONNECTING));
        assertThat(state(9)).isEqualTo(CallState.CONNECTING);

        memory.write(Records.closed(9));
        memory.on(Records.call(9), new ConversationEvent.StateChanged(CallState.CONNECTING, CallState.STREAMING));

        assertThat(state(9)).isEqualTo(CallState.ENDED);
    }

    @Test
    void ofCallsThatAreOverOnlyTheNewestAreKeptInMemory() {
        for (int number = 10; number < 15; number++) {
            memory.write(Records.opened(number));
            memory.write(Records.closed(number));
        }
        memory.write(Records.opened(9));

        assertThat(memory.newest())
                .extracting(view -> view.record().info().id().value())
                .containsExactly("call-0014", "call-0013", "call-0009");
    }

    private CallState state(int number) {
        return memory.find(Records.call(number).id()).orElseThrow().state();
    }

    private CallRecord record(int number) {
        return book.find(Records.call(number).id()).orElseThrow().record();
    }

    private static List<String> ids(CallPage page) {
        return page.items().stream()
                .map(view -> view.record().info().id().value())
                .toList();
    }
}
