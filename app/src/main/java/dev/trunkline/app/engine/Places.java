package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of each agent and of the server, and lets no more in than may be. Thread-safe, without locks. */
final class Places {

    private final int most;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, AtomicInteger> byAgent = new ConcurrentHashMap<>();

    Places(int most) {
        this.most = most;
    }

    /** Takes a place for a call; false if the server or the agent is full. */
    boolean take(Agent agent) {
        if (!take(all, most)) {
            return false;
        }
        if (!take(of(agent), agent.limits().maxCalls())) {
            all.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Whether a call would get a place now. */
    boolean hasRoom(Agent agent) {
        return all.get() < most && of(agent).get() < agent.limits().maxCalls();
    }

    /** Gives the place of a call back. */
    void leave(Agent agent) {
        of(agent).decrementAndGet();
        all.decrementAndGet();
    }

    /** Calls now. */
    int taken() {
        return all.get();
    }

    /** Calls at once, at most. */
    int most() {
        return most;
    }

    private AtomicInteger of(Agent agent) {
        return byAgent.computeIfAbsent(agent.name(), name -> new AtomicInteger());
    }

    private static boolean take(AtomicInteger count, int most) {
        return count.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }
}
