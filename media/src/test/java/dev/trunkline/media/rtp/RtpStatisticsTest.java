package dev.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpStatisticsTest {

    private static final long MILLI = 1_000_000L;

    private final RtpStatistics statistics = new RtpStatistics(8_000, 1);

    @Test
    void lostDuplicateAndLateAreToldApart() {
        for (int seq : new int[] {10, 11, 13, 12, 13, 13, 16, 17}) {
            packet(1, seq);
        }
        assertThat(statistics.received()).isEqualTo(8);
        assertThat(statistics.duplicate()).isEqualTo(2);
        assertThat(statistics.late()).isEqualTo(1);
        assertThat(statistics.lost()).isEqualTo(2);
    }

    @Test
    void theLossesOfAnEarlierSourceStayInTheSum() {
        packet(1, 10);
        packet(1, 12);
        packet(2, 500);
        packet(2, 503);
        assertThat(statistics.lost()).isEqualTo(3);
        assertThat(statistics.sources()).isEqualTo(2);
    }

    @Test
    void anyStreamIsCountedExactly() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RtpStatistics counted = new RtpStatistics(8_000, 1);
            List<Integer> stream = new ArrayList<>();
            int lost = 0;
            int duplicate = 0;
            int first = random.nextInt(65_536);
            for (int i = 0; i < 500; i++) {
                if (i > 2 && i < 498 && random.nextInt(20) == 0) {
                    lost++;
                    continue;
                }
                stream.add(first + i);
                if (random.nextInt(20) == 0) {
                    stream.add(first + i);
                    duplicate++;
                }
            }
            for (int i = 3; i < stream.size() - 3; i++) {
                if (random.nextInt(10) == 0) {
                    Collections.swap(stream, i, i + 1);
                }
            }
            for (int seq : stream) {
                counted.onPacket(1, seq & 0xFFFF, seq * 160, true, seq * 20 * MILLI);
            }
            assertThat(counted.lost()).as("seed %d", seed).isEqualTo(lost);
            assertThat(counted.duplicate()).as("seed %d", seed).isEqualTo(duplicate);
        }
    }

    @Test
    void anEvenStreamHasNoJitterAndAWrappedTimestampAddsNone() {
        for (int i = 0; i < 100; i++) {
            statistics.onPacket(1, i, -50 * 160 + i * 160, true, i * 20 * MILLI);
        }
        assertThat(statistics.jitterUnits()).isZero();
    }

    @Test
    void packetsThatAlternateBetweenEarlyAndLateHaveTheJitterOfTheirDifference() {
        for (int i = 0; i < 1_000; i++) {
            statistics.onPacket(1, i, i * 160, true, i * 20 * MILLI + (i % 2) * 10 * MILLI);
        }
        assertThat(statistics.jitterMillis()).isCloseTo(10, within(0.2));
        assertThat(statistics.jitterUnits()).isBetween(78L, 81L);
    }

    @Test
    void telephoneEventsSayNothingAboutJitter() {
        for (int i = 0; i < 50; i++) {
            statistics.onPacket(1, i, i * 160, true, i * 20 * MILLI);
        }
        for (int i = 50; i < 60; i++) {
            statistics.onPacket(1, i, 50 * 160, false, i * 20 * MILLI);
        }
        assertThat(statistics.jitterUnits()).isZero();
        assertThat(statistics.received()).isEqualTo(60);
    }

    @Test
    void aNewSourceWithAnotherZeroOfTimeAddsNoJitter() {
        packet(1, 10);
        packet(1, 11);
        statistics.onPacket(2, 5, 1_999_999_999, true, 5 * 20 * MILLI);
        assertThat(statistics.jitterUnits()).isZero();
    }

    private void packet(int ssrc, int seq) {
        statistics.onPacket(ssrc, seq, seq * 160, true, seq * 20 * MILLI);
    }
}
