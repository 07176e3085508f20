package dev.trunkline.media.engine;

import dev.trunkline.media.rtcp.FarSide;

/**
 * What has happened on one session.
 *
 * @param packetsReceived accepted as this session's audio or digits
 * @param packetsSent all RTP packets
 * @param lost expected and never come, by the sequence numbers (RFC 3550 A.3)
 * @param late come after their turn; concealed by then
 * @param duplicates come twice
 * @param strangers refused because they came from elsewhere
 * @param malformed not RTP, or of a payload type that was not agreed on
 * @param jitterMillis interarrival jitter (RFC 3550 6.4.1) in ms
 * @param concealedFrames frames of 20 ms heard that were made up
 * @param underruns times that an utterance ran dry before it was finished
 * @param silenceInsertedFrames frames of 20 ms of silence sent inside utterances because of that
 * @param lateSends frames sent more than 5 ms after they were due
 * @param playoutRefused chunks of voice that were refused, old or too much
 * @param bridgeDropped packets that a bridge had no room for
 * @param digitsDropped digits that could not be sent because the peer takes none
 * @param callbackErrors exceptions out of listeners and sinks
 * @param localSsrc SSRC of what we send
 * @param remoteSsrc SSRC of the source that we hear, 0 before the first packet
 * @param farSide what the far side has reported
 * @param reportsReceived reports of it that were read
 * @param meanOpinion estimate of how the far side sounds here (E-model), 1 to 4.5; NaN before a second of sound has come
 * @param farMeanOpinion estimate of how we sound at the far side, 1 to 4.5; NaN as long as it has not reported
 * @param lastPacketNanos {@link System#nanoTime()} of the last accepted packet, 0 before the first
 */
public record SessionStatistics(
        long packetsReceived,
        long packetsSent,
        long lost,
        long late,
        long duplicates,
        long strangers,
        long malformed,
        double jitterMillis,
        long concealedFrames,
        long underruns,
        long silenceInsertedFrames,
        long lateSends,
        long playoutRefused,
        long bridgeDropped,
        long digitsDropped,
        long callbackErrors,
        int localSsrc,
        int remoteSsrc,
        FarSide farSide,
        long reportsReceived,
        double meanOpinion,
        double farMeanOpinion,
        long lastPacketNanos) {}
