package dev.trunkline.media.engine;

import java.util.List;

/**
 * Figures of a whole engine since its start. Counters only grow; gauges are marked.
 *
 * @param openSessions gauge
 * @param sessionsOpened sessions since the start
 * @param packetsReceived accepted packets
 * @param packetsSent sent packets
 * @param bytesReceived of accepted packets, without UDP and IP headers
 * @param bytesSent without UDP and IP headers
 * @param strangers packets refused because they came from elsewhere
 * @param malformed not RTP, or of a payload type that was not agreed on
 * @param reportsReceived RTCP datagrams taken
 * @param reportsSent RTCP datagrams sent
 * @param reportsRefused RTCP datagrams from somebody else, or malformed
 * @param lost missing by the sequence numbers
 * @param late come after their turn
 * @param duplicates come twice
 * @param concealedFrames frames heard that were made up
 * @param underruns times that an utterance ran dry
 * @param silenceInsertedFrames silent frames inside utterances because of that
 * @param sendFailures packets that the operating system refused
 * @param framesPaced frames that were due, sent or not
 * @param framesLate frames sent more than 5 ms after they were due
 * @param roundsSkipped rounds of 20 ms left out after a stall
 * @param lateness frames by how late they were: up to 1, 2, 5, 10, 20, 50 ms, and more
 * @param sessionErrors sessions closed because their processing failed
 * @param callbackErrors exceptions out of listeners and sinks
 * @param threadErrors exceptions of a media thread outside any session
 * @param mediaTimeouts sessions on which nothing came for too long
 * @param vadWindows windows judged by the model
 * @param vadWindowsSkipped windows of digital silence that needed no model
 * @param vadWindowsDropped windows lost because judging did not keep up
 * @param vadBatches calls of the model
 * @param vadNanos time spent in the model
 * @param vadErrors calls of the model that failed
 */
public record MediaStatistics(
        int openSessions,
        long sessionsOpened,
        long packetsReceived,
        long packetsSent,
        long bytesReceived,
        long bytesSent,
        long strangers,
        long malformed,
        long reportsReceived,
        long reportsSent,
        long reportsRefused,
        long lost,
        long late,
        long duplicates,
        long concealedFrames,
        long underruns,
        long silenceInsertedFrames,
        long sendFailures,
        long framesPaced,
        long framesLate,
        long roundsSkipped,
        List<Long> lateness,
        long sessionErrors,
        long callbackErrors,
        long threadErrors,
        long mediaTimeouts,
        long vadWindows,
        long vadWindowsSkipped,
        long vadWindowsDropped,
        long vadBatches,
        long vadNanos,
        long vadErrors) {

    public MediaStatistics {
        lateness = List.copyOf(lateness);
    }

    /** Part of the paced frames that were more than 5 ms late, 0 to 1. */
    public double lateShare() {
        return framesPaced == 0 ? 0 : (double) framesLate / framesPaced;
    }
}
