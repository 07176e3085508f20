package dev.trunkline.persistence.memory;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.session.CallSession;
import dev.trunkline.core.session.SessionStatistics;
import dev.trunkline.core.session.SessionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The live sessions of this node. Thread-safe by one lock, held for a few map operations. */
public final class InMemorySessionStore implements SessionStore {

    private static final Comparator<CallSession> OLDEST_FIRST = Comparator.comparing(
                    (CallSession session) -> session.call().startedAt())
            .thenComparing(session -> session.call().id());

    private final Map<CallId, CallSession> sessions = new HashMap<>();
    private final Map<String, CallId> byLeg = new HashMap<>();
    private final Map<String, CallId> byBridge = new HashMap<>();
    private final Map<String, CallId> byPlayback = new HashMap<>();
    private final Map<Long, CallId> bySsrc = new HashMap<>();
    private long total;
    private long expired;

    @Override
    public synchronized void put(CallSession session) {
        CallId id = session.call().id();
        CallSession before = sessions.get(id);
        if (before != null && before.version() >= session.version()) {
            return;
        }
        if (before == null) {
            total++;
        } else {
            unlink(before);
        }
        sessions.put(id, session);
        session.legs().forEach(leg -> byLeg.put(leg, id));
        session.bridges().forEach(bridge -> byBridge.put(bridge, id));
        session.playbacks().forEach(playback -> byPlayback.put(playback, id));
        session.ssrcs().forEach(ssrc -> bySsrc.put(ssrc, id));
    }

    /** Takes its names out of the indexes, except those that another call has taken over. */
    private void unlink(CallSession session) {
        CallId id = session.call().id();
        session.legs().forEach(leg -> byLeg.remove(leg, id));
        session.bridges().forEach(bridge -> byBridge.remove(bridge, id));
        session.playbacks().forEach(playback -> byPlayback.remove(playback, id));
        session.ssrcs().forEach(ssrc -> bySsrc.remove(ssrc, id));
    }

    @Override
    public synchronized Optional<CallSession> find(CallId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public synchronized Optional<CallSession> findByLeg(String leg) {
        return named(byLeg.get(leg));
    }

    @Override
    public synchronized Optional<CallSession> findByBridge(String bridge) {
        return named(byBridge.get(bridge));
    }

    @Override
    public synchronized Optional<CallSession> findByPlayback(String playback) {
        return named(byPlayback.get(playback));
    }

    @Override
    public synchronized Optional<CallSession> findBySsrc(long ssrc) {
        return named(bySsrc.get(ssrc));
    }

    private Optional<CallSession> named(@Nullable CallId id) {
        return id == null ? Optional.empty() : Optional.ofNullable(sessions.get(id));
    }

    @Override
    public synchronized List<CallSession> all() {
        return sessions.values().stream().sorted(OLDEST_FIRST).toList();
    }

    @Override
    public synchronized void remove(CallId id) {
        CallSession session = sessions.remove(id);
        if (session != null) {
            unlink(session);
        }
    }

    @Override
    public synchronized List<CallSession> expire(Instant olderThan) {
        List<CallSession> stale = new ArrayList<>(sessions.values());
        stale.removeIf(session -> !session.updatedAt().isBefore(olderThan));
        stale.sort(OLDEST_FIRST);
        stale.forEach(session -> remove(session.call().id()));
        expired += stale.size();
        return List.copyOf(stale);
    }

    @Override
    public synchronized SessionStatistics statistics() {
        Map<CallState, Integer> byState = new EnumMap<>(CallState.class);
        Map<String, Integer> byAgent = new HashMap<>();
        for (CallSession session : sessions.values()) {
            byState.merge(session.state(), 1, Integer::sum);
            byAgent.merge(session.agent(), 1, Integer::sum);
        }
        return new SessionStatistics(sessions.size(), byState, byAgent, total, expired);
    }
}
