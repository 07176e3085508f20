package dev.trunkline.media.engine;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.playout.PlayoutBuffer;
import dev.trunkline.media.rtp.RtpStatistics;

/** Carries one session's own figures over to those of its shard, now and then and at the end; they only grow there. */
final class SessionTotals {

    private final ShardCounters counters;
    private final RtpStatistics received;
    private final Hearing hearing;
    private final PlayoutBuffer playout;
    private long lost;
    private long late;
    private long duplicates;
    private long concealed;
    private long underruns;
    private long silentFrames;

    SessionTotals(ShardCounters counters, RtpStatistics received, Hearing hearing, PlayoutBuffer playout) {
        this.counters = counters;
        this.received = received;
        this.hearing = hearing;
        this.playout = playout;
    }

    void update() {
        lost = carry(counters.lost, lost, received.lost());
        late = carry(counters.late, late, hearing.late());
        duplicates = carry(counters.duplicates, duplicates, received.duplicate());
        concealed = carry(counters.concealed, concealed, hearing.concealedFrames());
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
