package dev.trunkline.app.calls;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls for tests, numbered by the time of their birth. */
public final class Records {

    private static final Instant BEGINNING = Instant.parse("2026-11-21T10:00:00Z");

    private Records() {}

    /** The call of that number; a higher one is newer. */
    public static CallInfo call(int number) {
        return new CallInfo(
                new CallId("call-%04d".formatted(number)),
                "sip",
                CallDirection.INBOUND,
                new Party("sip:anna@192.0.2.1", "Anna"),
                new Party("sip:reception@192.0.2.2", ""),
                BEGINNING.plusSeconds(number));
    }

    /** It comes. */
    public static CallLogEntry opened(int number) {
        return new CallLogEntry.Opened(call(number), "node", "reception", "scenario:reception");
    }

    /** Somebody says something. */
    public static CallLogEntry turn(int number, int turn, Speaker speaker, String text, TurnLatency latency) {
        Instant at = BEGINNING.plusSeconds(number + turn);
        return new CallLogEntry.TurnTaken(
                call(number).id(), new Turn(turn, speaker, text, at, at.plusSeconds(1), false, latency));
    }

    /** It ends. */
    public static CallLogEntry closed(int number) {
        return new CallLogEntry.Closed(
                call(number).id(), BEGINNING.plusSeconds(number + 30), EndReason.CALLER_HUNG_UP, "", MediaQuality.NONE);
    }

    /** A record of calls that can be taken away. */
    public static final class History implements CallHistory {

        private final List<CallRecord> records = new ArrayList<>();

        /** Whether it can't be read. */
        public volatile boolean away;

        /** Has calls of those numbers, over. */
        public History(int... numbers) {
            for (int number : numbers) {
                records.addFirst(new CallRecord(
                        call(number),
                        "node",
                        "reception",
                        "scenario:reception",
                        BEGINNING.plusSeconds(number),
                        BEGINNING.plusSeconds(number + 30),
                        EndReason.CALLER_HUNG_UP,
                        "",
                        MediaQuality.NONE,
                        List.of(),
                        List.of(),
                        7));
            }
        }

        @Override
        public List<CallRecord> newest(int limit, @Nullable CallId before) {
            check();
            return records.stream()
                    .filter(call -> before == null || call.info().id().compareTo(before) < 0)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<CallRecord> find(CallId id) {
            check();
            return records.stream().filter(call -> call.info().id().equals(id)).findFirst();
        }

        private void check() {
            if (away) {
                throw new HistoryUnavailableException("away", new IllegalStateException());
            }
        }
    }
}
