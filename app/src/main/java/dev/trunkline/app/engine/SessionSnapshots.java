package dev.trunkline.app.engine;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.conversation.ConversationObserver;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.session.CallSession;
import dev.trunkline.core.session.SessionStore;
import dev.trunkline.core.time.Timekeeper;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the session store true to the calls of this server: a snapshot at every change, and now and then without one. */
final class SessionSnapshots implements ConversationObserver {

    /** A call that has shown no life for so long has lost its server. */
    private static final Duration STALE = Duration.ofMinutes(3);

    private final String node;
    private final SessionStore store;
    private final Timekeeper time;
    private final Map<CallId, Live> live = new ConcurrentHashMap<>();

    SessionSnapshots(String node, SessionStore store, Timekeeper time) {
        this.node = node;
        this.store = store;
        this.time = time;
    }

    /** What changes of a call; guarded by itself. */
    private final class Live {

        private final CallInfo call;
        private final String agent;
        private final Set<String> legs = new HashSet<>();
        private final Set<String> bridges = new HashSet<>();
        private final Set<String> playbacks = new HashSet<>();
        private final Leg leg;
        private CallState state = CallState.RINGING;
        private long version;

        Live(CallInfo call, String agent, Leg leg) {
            this.call = call;
            this.agent = agent;
            this.leg = leg;
            legs.add(leg.id());
        }

        synchronized void on(ConversationEvent event) {
            boolean changed = switch (event) {
                case ConversationEvent.StateChanged moved -> {
                    state = moved.to();
                    yield true;
                }
                case ConversationEvent.PlaybackStarted started -> playbacks.add(started.playback());
                case ConversationEvent.PlaybackEnded over -> playbacks.remove(over.playback());
                case ConversationEvent.Bridged bridged -> legs.add(bridged.leg()) | bridges.add(bridged.bridge());
                case ConversationEvent.Unbridged parted -> legs.remove(parted.leg()) | bridges.remove(parted.bridge());
                default -> false;
            };
            if (changed) {
                save();
            }
        }

        synchronized void save() {
            long ssrc = leg.ssrc();
            version++;
            store.put(new CallSession(
                    call,
                    version,
                    node,
                    agent,
                    state,
                    time.now(),
                    legs,
                    bridges,
                    playbacks,
                    ssrc == 0 ? Set.of() : Set.of(ssrc)));
        }
    }

    /** A call has come. */
    void open(CallInfo call, String agent, Leg leg) {
        Live fresh = new Live(call, agent, leg);
        live.put(call.id(), fresh);
        fresh.save();
    }

    @Override
    public void on(CallInfo call, ConversationEvent event) {
        Live known = live.get(call.id());
        if (known != null) {
            known.on(event);
        }
    }

    /** It is over. */
    void close(CallId call) {
        if (live.remove(call) != null) {
            store.remove(call);
        }
    }

    /** Shows that our calls live, and forgets those whose server has gone. */
    void refresh() {
        live.values().forEach(Live::save);
        store.expire(time.now().minus(STALE));
    }
}
