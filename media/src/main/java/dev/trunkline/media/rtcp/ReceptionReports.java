package dev.trunkline.media.rtcp;

import dev.trunkline.media.rtp.RtpStatistics;
import dev.trunkline.media.rtp.SequenceTracker;

/**
 * Makes the report blocks about the source that we hear (RFC 3550, sections 6.4.1 and A.3), of its statistics. A source
 * that begins anew begins anew here too. Used by one thread.
 */
final class ReceptionReports {

    private long source;
    private long expectedBefore;
    private long receivedBefore;

    /**
     * The next block about the present source.
     *
     * @param lastSenderReport middle of its NTP time, 0 if none
     * @param delaySinceLast since that report, in 1/65,536 s
     */
    ReportBlock next(RtpStatistics heard, int lastSenderReport, int delaySinceLast) {
        SequenceTracker sequence = heard.sequence();
        if (heard.sources() != source) {
            source = heard.sources();
            expectedBefore = 0;
            receivedBefore = 0;
        }
        long expected = sequence.expected();
        long received = sequence.received();
        long newlyExpected = expected - expectedBefore;
        long newlyLost = newlyExpected - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = newlyExpected <= 0 || newlyLost <= 0 ? 0 : (int) Math.min(255, (newlyLost << 8) / newlyExpected);
        int lost = (int) Math.clamp(expected - received, ReportBlock.LEAST_LOST, ReportBlock.MOST_LOST);
        return new ReportBlock(
                sequence.ssrc(),
                fraction,
                lost,
                sequence.extendedHighestSequence(),
                Math.max(0, heard.jitterUnits()),
                lastSenderReport,
                delaySinceLast);
    }
}
