package dev.trunkline.core.record;

import dev.trunkline.core.call.CallId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what was taken down. Thread-safe; blocks. */
public interface CallHistory {

    /**
     * The newest calls, newest first, without their turns.
     *
     * @param limit how many at most, 1 to 1000
     * @param before only those that began before that one; null for the very newest
     * @throws HistoryUnavailableException if the store can't be read now
     */
    List<CallRecord> newest(int limit, @Nullable CallId before);

    /**
     * One call with its turns and messages.
     *
     * @throws HistoryUnavailableException if the store can't be read now
     */
    Optional<CallRecord> find(CallId id);
}
