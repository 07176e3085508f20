package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.G711;
import dev.trunkline.media.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HearingTest {

    private static final long MILLI = 1_000_000;

    private final List<short[]> frames = new ArrayList<>();
    private final Hearing hearing = new Hearing(2, 8_000, this::heard);
    private long now = 77 * MILLI;
    private int sequence = 5;
    private int timestamp = 1_000;
    private long total;

    HearingTest() {
        @Nullable Codec[] codecs = new Codec[128];
        codecs[0] = Codecs.PCMU.create();
        hearing.codecs(codecs, 8_000);
    }

    private void heard(short[] samples, int length, long position, long arrivalNanos) {
        assertThat(position).isEqualTo(total);
        total += length;
        frames.add(java.util.Arrays.copyOf(samples, length));
    }

    private void packet(int payloadType, int samples, int seq, int ts) {
        byte[] datagram = new byte[RtpPacket.HEADER + samples];
        RtpPacket.writeHeader(datagram, 0, false, payloadType, seq, ts, 42);
        short[] tone = Tones.tone(400, samples, ts);
        G711.linearToMulaw(tone, 0, samples, datagram, RtpPacket.HEADER);
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(datagram, 0, datagram.length)).isEqualTo(RtpPacket.Fault.NONE);
        hearing.packet(packet, payloadType == 0 ? samples : 0, now);
    }

    private void next() {
        packet(0, 160, sequence++, timestamp);
        timestamp += 160;
    }

    private void loseOne() {
        sequence++;
        timestamp += 160;
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            now += 20 * MILLI;
            hearing.tick(now);
        }
    }

    @Test
    void packetsInOrderAreHeardAtOnce() {
        next();
        assertThat(total).isEqualTo(160);
        next();
        assertThat(total).isEqualTo(320);
    }

    @Test
    void aReorderedPacketIsHeardInItsPlace() {
        next();
        packet(0, 160, sequence + 1, timestamp + 160);
        assertThat(total).isEqualTo(160);
        packet(0, 160, sequence, timestamp);

        assertThat(total).isEqualTo(480);
        assertThat(hearing.concealedFrames()).isZero();
    }

    @Test
    void aLostPacketIsConcealedWhenTheReorderWindowIsFull() {
        next();
        next();
        loseOne();
        next();
        next();
        assertThat(total).isEqualTo(320);
        next();

        assertThat(total).isEqualTo(6 * 160);
        assertThat(hearing.concealedFrames()).isEqualTo(1);
        short[] concealed = frames.get(2);
        assertThat(Tones.share(concealed, 400)).isGreaterThan(0.8);
    }

    @Test
    void aPacketThatComesAfterItsTurnIsCountedAndNotHeardTwice() {
        next();
        int lostSequence = sequence;
        int lostTimestamp = timestamp;
        loseOne();
        next();
        next();
        next();
        long before = total;

        packet(0, 160, lostSequence, lostTimestamp);

        assertThat(total).isEqualTo(before);
        assertThat(hearing.late()).isEqualTo(1);
    }

    @Test
    void whenPacketsStopTheStreamGoesOnByTheClockIntoSilence() {
        next();
        rounds(50);

        assertThat(total / 8).isBetween(20 + 1_000 - 140L, 20 + 1_000L);
        assertThat(frames.getLast()).containsOnly(0);
    }

    @Test
    void jitterOfEightyMillisecondsMakesNothingUp() {
        for (int i = 0; i < 20; i++) {
            now += 80 * MILLI;
            hearing.tick(now);
            for (int burst = 0; burst < 4; burst++) {
                next();
            }
        }

        assertThat(total).isEqualTo(80 * 160);
        assertThat(hearing.concealedFrames()).isZero();
    }

    @Test
    void aPauseOfTheSenderIsFilledOnceAndNotTwice() {
        next();
        rounds(50);
        timestamp += 8_000;
        next();

        assertThat(total / 8).isBetween(1_020 - 20L, 1_040 + 20L);
    }

    @Test
    void afterComfortNoiseTheStreamGoesOnAtOnce() {
        next();
        packet(13, 1, sequence++, timestamp);
        rounds(3);

        assertThat(total).isGreaterThanOrEqualTo(160 + 2 * 160);
    }

    @Test
    void whileTheSenderPausesItsNoiseIsHeardAtTheLevelThatItTold() {
        next();
        noise(50);
        rounds(20);

        // -50 dB of 32768 are 104
        assertThat(level(frames.getLast())).isCloseTo(104, within(15.0));
        noise(70);
        rounds(2);
        assertThat(level(frames.getLast())).isCloseTo(10, within(3.0));
    }

    @Test
    void aNoiseAsLoudAsSpeechIsNotBelieved() {
        next();
        noise(0);
        rounds(3);

        assertThat(level(frames.getLast())).isLessThan(1_200);
    }

    @Test
    void aPauseIsNoLoss() {
        next();
        noise(60);
        rounds(100);
        timestamp += 2_000 * 8;
        next();
        // and without comfort noise
        rounds(100);
        timestamp += 2_000 * 8;
        next();

        assertThat(hearing.concealedFrames()).isZero();
        assertThat(total / 8).isBetween(4_000L, 4_160L);
    }

    @Test
    void whatTheClockFilledCountsAsConcealedWhenItTurnsOutToHaveBeenLost() {
        next();
        next();
        sequence += 10;
        timestamp += 1_600;
        rounds(11);
        next();
        next();
        next();

        assertThat(hearing.concealedFrames()).isEqualTo(10);
    }

    private void noise(int level) {
        byte[] datagram = new byte[RtpPacket.HEADER + 1];
        RtpPacket.writeHeader(datagram, 0, false, 13, sequence++, timestamp, 42);
        datagram[RtpPacket.HEADER] = (byte) level;
        RtpPacket packet = new RtpPacket();
        packet.wrap(datagram, 0, datagram.length);
        hearing.packet(packet, 0, now);
    }

    private static double level(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    @Test
    void soundThatComesLateAfterTheClockWentOnIsNotLost() {
        next();
        rounds(10);
        long filled = total;
        for (int i = 0; i < 10; i++) {
            next();
        }

        assertThat(filled).isGreaterThan(160);
        assertThat(total).isEqualTo(filled + 10 * 160);
    }

    @Test
    void aTimestampThatLeapsAnHourAheadDoesNotFillAnHour() {
        next();
        timestamp += 8_000 * 3_600;
        next();

        assertThat(total / 8).isLessThan(400);
    }

    @Test
    void packetsOfSixtyMillisecondsAreHeardWhole() {
        packet(0, 480, sequence++, timestamp);
        timestamp += 480;
        packet(0, 480, sequence++, timestamp);

        assertThat(total).isEqualTo(960);
    }

    @Test
    void nothingIsMadeUpBeforeTheFirstPacket() {
        rounds(100);

        assertThat(total).isZero();
    }

    @Test
    void aStallOfOursDoesNotFloodTheStream() {
        next();
        now += 5_000 * MILLI;
        hearing.tick(now);

        assertThat(frames).hasSizeLessThanOrEqualTo(6);
    }
}
