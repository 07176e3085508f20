package dev.trunkline.persistence.memory;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallLog;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallLogEntry.Answered;
import dev.trunkline.core.record.CallLogEntry.Closed;
import dev.trunkline.core.record.CallLogEntry.MessageLeft;
import dev.trunkline.core.record.CallLogEntry.Opened;
import dev.trunkline.core.record.CallLogEntry.TurnTaken;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Turn;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The newest calls in memory, for tests and for a server without a database. Thread-safe. */
public final class InMemoryCallRecords implements CallLog, CallHistory {

    private static final Comparator<Kept> NEWEST_FIRST = Comparator.comparing(Kept::startedAt)
            .thenComparing(kept -> kept.info.id())
            .reversed();

    private final int capacity;
    private final Map<CallId, Kept> calls = new HashMap<>();
    private final TreeSet<Kept> newestFirst = new TreeSet<>(NEWEST_FIRST);

    /**
     * Empty.
     *
     * @param capacity how many calls are kept, 1 or more; the oldest go
     */
    public InMemoryCallRecords(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity out of range: " + capacity);
        }
        this.capacity = capacity;
    }

    private static final class Kept {
        CallInfo info;
        String node = "";
        String agent = "";
        String mind = "";

        @Nullable
        Instant answeredAt;

        @Nullable
        Closed closed;

        final TreeMap<Integer, Turn> turns = new TreeMap<>();
        final TreeMap<Integer, Message> messages = new TreeMap<>();

        Kept(CallInfo info) {
            this.info = info;
        }

        Instant startedAt() {
            return info.startedAt();
        }

        CallRecord record(boolean whole) {
            Closed end = closed;
            return new CallRecord(
                    info,
                    node,
                    agent,
                    mind,
                    answeredAt,
                    end == null ? null : end.at(),
                    end == null ? null : end.reason(),
                    end == null ? "" : end.detail(),
                    end == null ? MediaQuality.NONE : end.quality(),
                    whole ? List.copyOf(turns.values()) : List.of(),
                    whole ? List.copyOf(messages.values()) : List.of(),
                    turns.size());
        }
    }

    @Override
    public synchronized void write(CallLogEntry entry) {
        switch (entry) {
            case Opened opened -> {
                Kept kept = kept(opened.call(), opened.info().startedAt());
                newestFirst.remove(kept);
                kept.info = opened.info();
                kept.node = opened.node();
                kept.agent = opened.agent();
                kept.mind = opened.mind();
                newestFirst.add(kept);
            }
            case Answered(CallId call, Instant at) -> kept(call, at).answeredAt = at;
            case TurnTaken(CallId call, Turn turn) ->
                kept(call, turn.startedAt()).turns.put(turn.number(), turn);
            case MessageLeft(CallId call, Message message) ->
                kept(call, message.takenAt()).messages.put(message.number(), message);
            case Closed closed -> kept(closed.call(), closed.at()).closed = closed;
        }
        while (calls.size() > capacity) {
            calls.remove(newestFirst.removeLast().info.id());
        }
    }

    private Kept kept(CallId id, Instant at) {
        Kept known = calls.get(id);
        if (known != null) {
            return known;
        }
        Kept fresh = new Kept(new CallInfo(id, "unknown", CallDirection.INBOUND, Party.UNKNOWN, Party.UNKNOWN, at));
        calls.put(id, fresh);
        newestFirst.add(fresh);
        return fresh;
    }

    @Override
    public synchronized List<CallRecord> newest(int limit, @Nullable CallId before) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit out of range (1 to 1000): " + limit);
        }
        if (before == null) {
            return newestFirst.stream()
                    .limit(limit)
                    .map(kept -> kept.record(false))
                    .toList();
        }
        Kept from = calls.get(before);
        return from == null
                ? List.of()
                : newestFirst.tailSet(from, false).stream()
                        .limit(limit)
                        .map(kept -> kept.record(false))
                        .toList();
    }

    @Override
    public synchronized Optional<CallRecord> find(CallId id) {
        return Optional.ofNullable(calls.get(id)).map(kept -> kept.record(true));
    }
}
