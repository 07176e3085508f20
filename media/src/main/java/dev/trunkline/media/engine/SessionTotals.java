package dev.trunkline.media.engine;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.playout.PlayoutBuffer;

/** Carries one session's own figures over to those of its shard, now and then and at the end; they only grow there. */
final class SessionTotals {

    private final ShardCounters counters;
    private final Receiving receiving;
    private final PlayoutBuffer playout;
    private long lost;
    private long late;
    private long duplicates;
    private long concealed;
    private long underruns;
    private long silentFrames;

    SessionTotals(ShardCounters counters, Receiving receiving, PlayoutBuffer playout) {
        this.counters = counters;
        this.receiving = receiving;
        this.playout = playout;
    }

    void update() {
        lost = carry(counters.lost, lost, receiving.lost());
        late = carry(counters.late, late, receiving.late());
        duplicates = carry(counters.duplicates, duplicates, receiving.duplicates());
        concealed = carry(counters.concealed, concealed, receiving.concealedFrames());
        underruns = carry(counters.underruns, underruns, playout.underruns());
        silentFrames = carry(counters.silentFrames, silentFrames, playout.silentFrames());
    }

    /** A packet that was missing and comes after all makes the number fall: it must rise again before it counts. */
    private static long carry(Counter total, long before, long now) {
        if (now <= before) {
            return before;
        }
        total.add(now - before);
        return now;
    }
}
