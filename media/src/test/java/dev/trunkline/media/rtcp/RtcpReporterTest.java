package dev.trunkline.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.media.rtcp.RtcpPacket.Goodbye;
import dev.trunkline.media.rtcp.RtcpPacket.ReceiverReport;
import dev.trunkline.media.rtcp.RtcpPacket.SenderReport;
import dev.trunkline.media.rtp.RtpStatistics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpReporterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int OURS = 0x0A0A0A0A;
    private static final int THEIRS = 0x0B0B0B0B;
    private static final NtpClock CLOCK = new NtpClock(Instant.parse("2026-11-21T12:00:00Z"), 0);

    /** A side whose clock shows another time of day. */
    private static final NtpClock OTHER_CLOCK = new NtpClock(Instant.parse("2031-01-01T00:00:00.75Z"), 0);

    private final byte[] wire = new byte[RtcpReporter.LARGEST];
    private final RtcpReporter reporter = new RtcpReporter(OURS, "ours", CLOCK, new Random(1), 0);
    private final RtpStatistics heard = new RtpStatistics(8_000, 1);
    private final RtpStatistics nothing = new RtpStatistics(8_000, 1);

    private static SentSound sound(long packets) {
        return new SentSound(packets, packets * 160, (int) packets * 160);
    }

    private List<RtcpPacket> report(SentSound sound, long now) {
        int length = reporter.report(wire, 0, sound, heard, now);
        return RtcpReader.read(wire, 0, length).packets();
    }

    private ReportBlock block(long now) {
        return switch (report(sound(1), now).getFirst()) {
            case SenderReport sender -> sender.blocks().getFirst();
            case ReceiverReport receiver -> receiver.blocks().getFirst();
            default -> throw new AssertionError();
        };
    }

    private void hear(int ssrc, int seq) {
        heard.onPacket(ssrc, seq & 0xFFFF, seq * 160, true, seq * 20_000_000L);
    }

    @Test
    void whoSendsGivesASenderReportAndTheRestIsAReceiverReport() {
        assertThat(report(sound(0), SECOND).getFirst()).isInstanceOf(ReceiverReport.class);
        assertThat(report(sound(10), 6 * SECOND).getFirst())
                .isEqualTo(new SenderReport(OURS, CLOCK.at(6 * SECOND), 1_600, 10, 1_600, List.of()));
        // silent since one report only: still a sender (RFC 3550, 6.4)
        assertThat(report(sound(10), 11 * SECOND).getFirst()).isInstanceOf(SenderReport.class);
        assertThat(report(sound(10), 16 * SECOND).getFirst()).isInstanceOf(ReceiverReport.class);
    }

    @Test
    void reportsAreDueAfterTheirIntervalAndNotBefore() {
        long now = 0;
        long before = 0;
        int reports = 0;
        for (; now < 600 * SECOND; now += 20_000_000) {
            if (reporter.due(now)) {
                report(sound(now), now);
                if (reports++ > 0) {
                    assertThat((now - before) / 1e9).isBetween(2.0, 6.2);
                }
                before = now;
            }
        }
        assertThat(reports).isBetween(130, 165);
    }

    @Test
    void lossIsReportedSinceTheLastReportAndSinceTheBeginning() {
        for (int seq = 65_500; seq < 65_600; seq++) {
            if (seq % 4 != 0) {
                hear(THEIRS, seq);
            }
        }
        // the first one is missing and so never was expected
        ReportBlock first = block(SECOND);
        assertThat(first.ssrc()).isEqualTo(THEIRS);
        assertThat(first.cumulativeLost()).isEqualTo(24);
        assertThat(first.fractionLost()).isEqualTo(24 * 256 / 99);
        assertThat(first.highestSequence()).isEqualTo(0x1_0000 | 65_599 - 65_536);

        for (int seq = 65_600; seq < 65_700; seq++) {
            hear(THEIRS, seq);
        }
        ReportBlock second = block(2 * SECOND);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(24);
    }

    @Test
    void moreThanWasExpectedIsANegativeLoss() {
        for (int seq = 1; seq <= 10; seq++) {
            hear(THEIRS, seq);
            hear(THEIRS, seq);
        }
        ReportBlock block = block(SECOND);
        assertThat(block.cumulativeLost()).isEqualTo(-10);
        assertThat(block.fractionLost()).isZero();
    }

    @Test
    void aNewSourceIsReportedFromItsBeginning() {
        for (int seq = 1; seq <= 100; seq += 2) {
            hear(THEIRS, seq);
        }
        assertThat(block(SECOND).cumulativeLost()).isEqualTo(49);
        hear(0x0C0C0C0C, 500);
        hear(0x0C0C0C0C, 502);

        ReportBlock block = block(2 * SECOND);

        assertThat(block.ssrc()).isEqualTo(0x0C0C0C0C);
        assertThat(block.cumulativeLost()).isEqualTo(1);
        assertThat(block.fractionLost()).isEqualTo(256 / 3);
        assertThat(block.highestSequence()).isEqualTo(502);
    }

    @Test
    void roundTripIsMeasuredBetweenTwoWithDifferentClocks() {
        RtcpReporter other = new RtcpReporter(THEIRS, "theirs", OTHER_CLOCK, new Random(2), 0);
        RtpStatistics heardThere = new RtpStatistics(8_000, 1);
        heardThere.onPacket(OURS, 1, 160, true, 0);
        hear(THEIRS, 1);
        long now = SECOND;
        for (int i = 0; i < 5; i++) {
            int length = reporter.report(wire, 0, sound(100 * i + 1), heard, now);
            now += 40_000_000;
            assertThat(other.onDatagram(wire, 0, length, sound(100 * i), 8_000, now))
                    .isTrue();
            now += 2 * SECOND;
            length = other.report(wire, 0, sound(100 * i + 1), heardThere, now);
            now += 90_000_000;
            assertThat(reporter.onDatagram(wire, 0, length, sound(100 * i + 100), 8_000, now))
                    .isTrue();
            now += SECOND;
        }
        assertThat(reporter.farSide().roundTripMillis()).isCloseTo(130, within(0.1));
        assertThat(other.farSide().roundTripMillis()).isCloseTo(90 + 40, within(0.1));
    }

    @Test
    void theFarSidesLossAndJitterAreKept() {
        assertThat(reporter.farSide().known()).isFalse();
        feed(new ReportBlock(OURS, 64, 20, 200, 80, 0, 0), sound(200));

        FarSide far = reporter.farSide();
        assertThat(far.known()).isTrue();
        assertThat(far.lost()).isEqualTo(20);
        assertThat(far.lossRatio()).isEqualTo(0.1);
        assertThat(far.recentLossRatio()).isEqualTo(0.25);
        assertThat(far.jitterMillis()).isEqualTo(10);
        assertThat(far.roundTripKnown()).isFalse();
    }

    @Test
    void blocksAboutOthersAndAnswersToNothingOfOursSayNothing() {
        report(sound(10), SECOND);
        int ours = NtpClock.middle(CLOCK.at(SECOND));
        feed(new ReportBlock(THEIRS, 64, 20, 200, 80, ours, 0), sound(200));
        assertThat(reporter.farSide().known()).isFalse();

        feed(new ReportBlock(OURS, 0, 0, 200, 0, ours - 12_345, 0), sound(200));
        assertThat(reporter.farSide().roundTripKnown()).isFalse();
        feed(new ReportBlock(OURS, 0, 0, 200, 0, ours, 10 << 16), sound(200));
        assertThat(reporter.farSide().roundTripKnown())
                .as("an answer from before the question")
                .isFalse();
        feed(new ReportBlock(OURS, 0, 0, 200, 0, ours, 0), sound(200));
        assertThat(reporter.farSide().roundTripMillis()).isCloseTo(1_000, within(0.1));
    }

    private void feed(ReportBlock block, SentSound sound) {
        byte[] theirs = new byte[RtcpReporter.LARGEST];
        int length =
                new RtcpWriter(theirs, 0).receiverReport(THEIRS, List.of(block)).length();
        assertThat(reporter.onDatagram(theirs, 0, length, sound, 8_000, 2 * SECOND))
                .isTrue();
    }

    @Test
    void malformedDatagramsAreCountedAndChangeNothing() {
        byte[] bad = new byte[20];
        Arrays.fill(bad, (byte) 0x80);
        assertThat(reporter.onDatagram(bad, 0, bad.length, sound(1), 8_000, SECOND))
                .isFalse();
        assertThat(reporter.malformed()).isEqualTo(1);
        assertThat(reporter.received()).isZero();
        assertThat(reporter.farSide()).isEqualTo(FarSide.UNKNOWN);
    }

    @Test
    void theLastReportSaysGoodbye() {
        int length = reporter.goodbye(wire, 0, sound(3), nothing, SECOND);
        assertThat(RtcpReader.read(wire, 0, length).packets())
                .hasSize(3)
                .last()
                .isEqualTo(new Goodbye(List.of(OURS), "session ended"));

        RtcpReporter other = new RtcpReporter(THEIRS, "theirs", OTHER_CLOCK, new Random(2), 0);
        other.onDatagram(wire, 0, length, sound(0), 8_000, SECOND);
        assertThat(other.farLeft()).isTrue();
    }

    @Test
    void ntpTimeIsSecondsSince1900() {
        NtpClock clock = new NtpClock(Instant.parse("1970-01-01T00:00:00.5Z"), 7 * SECOND);
        assertThat(clock.at(7 * SECOND)).isEqualTo(2_208_988_800L << 32 | 0x8000_0000L);
        assertThat(clock.at(6 * SECOND + SECOND / 4)).isEqualTo(2_208_988_799L << 32 | 0xC000_0000L);
        assertThat(NtpClock.shortSpan(SECOND / 2)).isEqualTo(0x8000);
        assertThat(NtpClock.shortSpan(100_000 * SECOND)).isEqualTo(-1);
    }
}
