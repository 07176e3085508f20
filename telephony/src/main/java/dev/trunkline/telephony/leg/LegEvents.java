package dev.trunkline.telephony.leg;

import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tells a leg's events: keeps them until somebody listens, and lets nothing follow {@link LegEvent.Ended}. Thread-safe;
 * events are rare, so that a lock does no harm.
 */
public final class LegEvents {

    private static final Logger LOG = System.getLogger(LegEvents.class.getName());

    private final String leg;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<LegEvent> kept = new ArrayList<>();
    private @Nullable LegListener listener;
    private boolean ended;

    /** For the leg of that name. */
    public LegEvents(String leg) {
        this.leg = leg;
    }

    /** From now on events go there, those that were kept first. */
    public void listen(LegListener next) {
        lock.lock();
        try {
            listener = next;
            List<LegEvent> waiting = List.copyOf(kept);
            kept.clear();
            waiting.forEach(event -> tell(next, event));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells an event.
     *
     * @return false if the leg has ended before and nothing was told
     */
    public boolean emit(LegEvent event) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            ended = event instanceof LegEvent.Ended;
            LegListener current = listener;
            if (current == null) {
                kept.add(event);
            } else {
                tell(current, event);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void tell(LegListener current, LegEvent event) {
        try {
            current.on(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "leg " + leg + ": the listener failed on " + event, e);
        }
    }
}
