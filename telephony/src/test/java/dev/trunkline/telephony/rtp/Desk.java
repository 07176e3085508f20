package dev.trunkline.telephony.rtp;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A reception that answers, keeps what happens, and can refuse. */
public final class Desk implements CallReception {

    public final List<Leg> legs = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, List<LegEvent>> events = new ConcurrentHashMap<>();
    public volatile @Nullable RejectCause refusing;
    public volatile @Nullable RejectCause forAsking;

    /** Whether it leaves the answering to the test. */
    public volatile boolean slow;

    @Override
    public void incoming(Leg leg) {
        List<LegEvent> kept = new CopyOnWriteArrayList<>();
        events.put(leg.id(), kept);
        legs.add(leg);
        leg.listen(kept::add);
        RejectCause cause = refusing;
        if (cause != null) {
            leg.reject(cause, "not today");
            return;
        }
        if (!slow) {
            leg.answer();
        }
    }

    public Optional<RejectCause> refusalFor(String agent) {
        return agent.equals("nobody") ? Optional.of(RejectCause.NOT_FOUND) : Optional.ofNullable(forAsking);
    }

    public List<LegEvent> events(String id) {
        return events.getOrDefault(id, List.of());
    }

    public <E extends LegEvent> List<E> events(String id, Class<E> type) {
        return events(id).stream().filter(type::isInstance).map(type::cast).toList();
    }

    public @Nullable EndReason ended(String id) {
        List<LegEvent.Ended> ended = events(id, LegEvent.Ended.class);
        return ended.isEmpty() ? null : ended.getFirst().reason();
    }
}
