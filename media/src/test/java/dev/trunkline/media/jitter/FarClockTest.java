package dev.trunkline.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.G711;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An hour of a bridge whose far side has a clock of its own, in virtual time. */
class FarClockTest {

    private static final int SECONDS = 3_600;
    private static final int FRAME = 160;
    private static final long FRAME_NANOS = 20_000_000;
    private static final long WAY_NANOS = 30_000_000;

    private record InTheAir(long arrival, long number) {}

    private final AdaptiveJitterBuffer buffer =
            new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
    private final PriorityQueue<InTheAir> air = new PriorityQueue<>(Comparator.comparingLong(InTheAir::arrival));
    private final Random random = new Random(3);
    private final short[] pcm = new short[FRAME];
    private final byte[] payload = new byte[FRAME];
    private final short[] out = new short[FRAME];
    private int concealed;
    private int silent;
    private int mostDelay;

    /** Plays the hour; with pauses the far side talks four seconds of six. */
    private void play(double partsPerMillion, boolean pauses, int jitterMillis) {
        double period = FRAME_NANOS / (1 + partsPerMillion * 1e-6);
        long sent = 0;
        long now = 0;
        for (long tick = 0; tick < SECONDS * 50L; tick++) {
            now = tick * FRAME_NANOS + 2 * WAY_NANOS;
            while (sent * period < now) {
                long late = (long) (random.nextDouble() * jitterMillis * 1_000_000);
                air.add(new InTheAir((long) (sent * period) + WAY_NANOS + late, sent));
                sent++;
            }
            while (!air.isEmpty() && air.peek().arrival() <= now) {
                put(air.remove(), pauses);
            }
            switch (buffer.pull(out, 0, now)) {
                case SOUND -> {}
                case CONCEALED -> concealed++;
                case SILENCE -> silent++;
            }
            mostDelay = Math.max(mostDelay, buffer.delayMillis());
        }
    }

    private void put(InTheAir packet, boolean pauses) {
        long number = packet.number();
        boolean talks = !pauses || number / 50 % 6 < 4;
        for (int i = 0; i < FRAME; i++) {
            double phase = 2 * Math.PI * 400 * (number * FRAME + i) / 8_000;
            pcm[i] = (short) ((talks ? 6_000 : 20) * Math.sin(phase));
        }
        G711.linearToMulaw(pcm, 0, FRAME, payload, 0);
        buffer.put(1, (int) number & 0xFFFF, (int) number * FRAME, payload, 0, FRAME, FRAME, packet.arrival());
    }

    @ParameterizedTest
    @CsvSource({"200, true", "-200, true", "200, false", "-200, false"})
    void anOrdinaryClockIsNotHeardAndAddsNoDelay(double partsPerMillion, boolean pauses) {
        play(partsPerMillion, pauses, 5);
        // 0.72 s of the hour are too much or too little: 36 frames
        assertThat(concealed + silent).isLessThanOrEqualTo(50);
        assertThat(buffer.droppedFrames()).isLessThanOrEqualTo(50);
        assertThat(buffer.resyncs()).isZero();
        assertThat(buffer.discarded()).isZero();
        assertThat(mostDelay).isLessThanOrEqualTo(105);
    }

    @ParameterizedTest
    @CsvSource({"5000, true", "-5000, true", "5000, false", "-5000, false"})
    void aBadClockCostsTheFramesThatItIsOffAndNoMore(double partsPerMillion, boolean pauses) {
        play(partsPerMillion, pauses, 20);
        // 18 s of the hour: 900 frames
        assertThat(concealed + silent).isLessThanOrEqualTo(1_100);
        assertThat(buffer.droppedFrames()).isLessThanOrEqualTo(1_000);
        assertThat(buffer.resyncs()).isZero();
        assertThat(buffer.discarded()).isZero();
        assertThat(mostDelay).isLessThanOrEqualTo(105);
    }
}
