package dev.trunkline.core.session;

import dev.trunkline.core.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is talking now, over which legs, bridges and playbacks. Thread-safe. Never used on a media thread. */
public interface SessionStore {

    /** Keeps a snapshot, unless one with the same or a higher version is there. */
    void put(CallSession session);

    /** The call of that name. */
    Optional<CallSession> find(CallId id);

    /** The call that has that leg. */
    Optional<CallSession> findByLeg(String leg);

    /** The call that has a leg in that bridge. */
    Optional<CallSession> findByBridge(String bridge);

    /** The call that plays that. */
    Optional<CallSession> findByPlayback(String playback);

    /** The call that sends with that synchronisation source. */
    Optional<CallSession> findBySsrc(long ssrc);

    /** All of them, oldest first. */
    List<CallSession> all();

    /** Forgets a call. Does nothing if it is unknown. */
    void remove(CallId id);

    /**
     * Forgets calls whose last snapshot is older than that: their owner has gone.
     *
     * @return what was forgotten
     */
    List<CallSession> expire(Instant olderThan);

    /** Counts. */
    SessionStatistics statistics();
}
