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
final class Desk implements CallReception {

    final List<Leg> legs = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, List<LegEvent>> events = new ConcurrentHashMap<>();
    volatile @Nullable RejectCause refusing;
    volatile @Nullable RejectCause forAsking;

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
        leg.answer();
    }

    Optional<RejectCause> refusalFor(String agent) {
        return agent.equals("nobody") ? Optional.of(RejectCause.NOT_FOUND) : Optional.ofNullable(forAsking);
    }

    List<LegEvent> events(String id) {
        return events.getOrDefault(id, List.of());
    }

    <E extends LegEvent> List<E> events(String id, Class<E> type) {
        return events(id).stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Nullable
    EndReason ended(String id) {
        List<LegEvent.Ended> ended = events(id, LegEvent.Ended.class);
        return ended.isEmpty() ? null : ended.getFirst().reason();
    }
}
