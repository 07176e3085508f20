package dev.trunkline.media.engine;

import dev.trunkline.media.handover.Counter;
import dev.trunkline.media.handover.LatenessHistogram;

/** What one media thread has done; that thread counts, any thread reads. */
final class ShardCounters {
    final Counter packetsReceived = new Counter();
    final Counter bytesReceived = new Counter();
    final Counter packetsSent = new Counter();
    final Counter bytesSent = new Counter();
    final Counter strangers = new Counter();
    final Counter reportsReceived = new Counter();
    final Counter reportsSent = new Counter();
    final Counter reportsRefused = new Counter();
    final Counter malformed = new Counter();
    final Counter lost = new Counter();
    final Counter late = new Counter();
    final Counter duplicates = new Counter();
    final Counter concealed = new Counter();
    final Counter underruns = new Counter();
    final Counter silentFrames = new Counter();
    final Counter sendFailures = new Counter();
    final Counter framesPaced = new Counter();
    final Counter framesLate = new Counter();
    final Counter roundsSkipped = new Counter();
    final Counter sessionErrors = new Counter();
    final Counter threadErrors = new Counter();
    final Counter mediaTimeouts = new Counter();
    final LatenessHistogram lateness = new LatenessHistogram();
}
