package dev.trunkline.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpIntervalTest {

    private static final double SECOND = 1e9;

    private static RtcpInterval telephone() {
        return new RtcpInterval(10_000, 100, new Random(1));
    }

    @Test
    void aCallReportsEveryFiveSecondsOverTheCompensationAndNeverInStep() {
        RtcpInterval interval = telephone();
        double least = Double.MAX_VALUE;
        double most = 0;
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            double seconds = interval.nextNanos(2, 2, true, false) / SECOND;
            least = Math.min(least, seconds);
            most = Math.max(most, seconds);
            sum += seconds;
        }
        assertThat(least).isCloseTo(2.5 / 1.21828, within(0.01));
        assertThat(most).isCloseTo(7.5 / 1.21828, within(0.01));
        assertThat(sum / 10_000).isCloseTo(5 / 1.21828, within(0.05));
    }

    @Test
    void theFirstReportComesAfterHalfTheTime() {
        RtcpInterval interval = telephone();
        for (int i = 0; i < 1_000; i++) {
            assertThat(interval.nextNanos(2, 0, false, true) / SECOND).isBetween(1.25 / 1.21829, 3.75 / 1.21828);
        }
    }

    @Test
    void aCrowdSharesFivePercentOfTheBandwidth() {
        RtcpInterval interval = telephone();
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += interval.nextNanos(1_000, 500, true, false) / SECOND;
        }
        // 1,000 reports of 100 bytes at 500 bytes/s
        assertThat(sum / 10_000).isCloseTo(200 / 1.21828, within(3.0));
    }

    @Test
    void fewSendersAmongManyListenersHaveAQuarterForThemselves() {
        double sender = 0;
        double listener = 0;
        RtcpInterval interval = telephone();
        for (int i = 0; i < 10_000; i++) {
            sender += interval.nextNanos(1_000, 100, true, false) / SECOND;
            listener += interval.nextNanos(1_000, 100, false, false) / SECOND;
        }
        assertThat(sender / 10_000).isCloseTo(100 * 100 / 125.0 / 1.21828, within(2.0));
        assertThat(listener / 10_000).isCloseTo(900 * 100 / 375.0 / 1.21828, within(4.0));
    }

    @Test
    void largeReportsOfACrowdComeLessOften() {
        RtcpInterval interval = telephone();
        for (int i = 0; i < 200; i++) {
            interval.seen(1_000);
        }
        double sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += interval.nextNanos(1_000, 500, true, false) / SECOND;
        }
        assertThat(sum / 10_000).isCloseTo(2_000 / 1.21828, within(30.0));
    }
}
