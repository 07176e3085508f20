package dev.trunkline.app.calls;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All calls, of this server's memory and of the record, as one list. For a call that is in both, the memory is right. Blocks;
 * thread-safe.
 */
public final class CallBook {

    private final CallMemory memory;
    private final CallHistory history;

    /**
     * Joins the two.
     *
     * @param memory the calls of this server
     * @param history the record
     */
    public CallBook(CallMemory memory, CallHistory history) {
        this.memory = memory;
        this.history = history;
    }

    /**
     * The newest calls, newest first, without their turns. When the record can't be read, these are the calls in memory.
     *
     * @param limit how many at most, 1 to 500
     * @param before only calls older than that one; null for the very newest
     */
    public CallPage newest(int limit, @Nullable CallId before) {
        TreeMap<CallId, CallView> found = new TreeMap<>((a, b) -> b.compareTo(a));
        boolean complete = true;
        try {
            for (CallRecord record : history.newest(limit + 1, before)) {
                found.put(record.info().id(), past(record));
            }
        } catch (HistoryUnavailableException e) {
            complete = false;
        }
        for (CallView view : memory.newest()) {
            CallId id = view.record().info().id();
            if (before == null || id.compareTo(before) < 0) {
                found.put(id, view);
            }
        }
        List<CallView> items = new ArrayList<>();
        for (CallView view : found.values()) {
            if (items.size() < limit) {
                items.add(new CallView(CallMemory.withTurns(view.record(), List.of(), List.of()), view.state()));
            }
        }
        return new CallPage(items, found.size() > limit, complete);
    }

    /**
     * One call with its turns.
     *
     * @throws HistoryUnavailableException if it is not in memory and the record can't be read now
     */
    public Optional<CallView> find(CallId id) {
        return memory.find(id).or(() -> history.find(id).map(CallBook::past));
    }

    /** A call of the record that has no end is live elsewhere, or was cut short and not closed yet. */
    private static CallView past(CallRecord record) {
        if (record.endedAt() != null) {
            return new CallView(record, CallState.ENDED);
        }
        return new CallView(record, record.answeredAt() == null ? CallState.RINGING : CallState.STREAMING);
    }
}
