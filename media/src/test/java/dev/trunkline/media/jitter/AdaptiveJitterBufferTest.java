package dev.trunkline.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.jitter.AdaptiveJitterBuffer.Played;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdaptiveJitterBufferTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = 5_000_000_000L;
    private static final int SSRC = 42;

    private record Packet(int seq, int timestamp, byte[] payload, long arrival) {}

    private AdaptiveJitterBuffer buffer =
            new AdaptiveJitterBuffer(Codecs.PCMU.create(), new JitterSettings(20, 200, 480));
    private final Codec encoder = Codecs.PCMU.create();
    private final List<Packet> network = new ArrayList<>();
    private final List<short[]> heard = new ArrayList<>();
    private final List<Played> kinds = new ArrayList<>();

    @Test
    void anEvenStreamIsPlayedWhollyAtTheLeastDelay() {
        tone(100, 20, 0, i -> 0L);
        play(110);
        assertThat(count(Played.SOUND)).isEqualTo(100);
        assertThat(buffer.late()).isZero();
        assertThat(buffer.delayMillis()).isBetween(20, 40);
        assertThat(purity(heard.subList(10, 90))).isGreaterThan(30);
    }

    @Test
    void reorderedPacketsWithinTheDelayAreHeardInOrder() {
        tone(100, 20, 0, i -> i % 10 == 5 ? 15L : 0L);
        play(105);
        assertThat(count(Played.CONCEALED)).isLessThanOrEqualTo(3);
        assertThat(purity(heard.subList(20, 90))).isGreaterThan(30);
    }

    @Test
    void aPacketThatComesAfterItsTurnIsConcealedAndCounted() {
        tone(100, 20, 0, i -> i == 50 ? 130L : 0L);
        play(105);
        assertThat(buffer.late()).isEqualTo(1);
        assertThat(buffer.concealedSamples()).isBetween(160L, 1_200L);
        assertThat(kinds.subList(40, 62)).contains(Played.CONCEALED);
    }

    @Test
    void aLostPacketCostsOneConcealedFrameAndNothingElse() {
        tone(100, 20, 0, i -> 0L);
        network.remove(50);
        play(102);
        assertThat(kinds.subList(5, 100)).containsOnlyOnce(Played.CONCEALED);
        assertThat(buffer.late()).isZero();
    }

    @Test
    void aDuplicateIsCountedAndHeardOnce() {
        tone(60, 20, 0, i -> 0L);
        Packet again = network.get(30);
        network.add(31, new Packet(again.seq, again.timestamp, again.payload, again.arrival + MILLI));
        play(65);
        assertThat(buffer.duplicate()).isEqualTo(1);
        assertThat(count(Played.SOUND)).isEqualTo(60);
    }

    @Test
    void theDelayGrowsWithTheJitterAndThenNothingIsLateAnyMore() {
        Random random = new Random(3);
        speech(1_000, i -> i < 100 ? 0L : (long) random.nextInt(80));
        play(1_000);
        long lateEarly = buffer.late();
        assertThat(buffer.targetDelayMillis()).isBetween(60, 100);
        assertThat(buffer.delayMillis()).isGreaterThan(50);
        assertThat(lateEarly).isLessThan(40);
        assertThat(buffer.stretchedFrames()).isPositive();
        heard.clear();
        kinds.clear();
        Random more = new Random(4);
        continueSpeech(500, i -> (long) more.nextInt(80));
        play(500);
        assertThat(buffer.late() - lateEarly).isLessThan(12);
    }

    @Test
    void theDelayShrinksInSilenceWhenTheJitterIsOver() {
        Random random = new Random(3);
        speech(500, i -> (long) random.nextInt(120));
        play(500);
        int high = buffer.delayMillis();
        assertThat(high).isGreaterThan(80);
        continueSpeech(2_000, i -> 0L);
        play(2_000);
        assertThat(buffer.delayMillis()).isLessThan(60);
        assertThat(buffer.droppedFrames()).isPositive();
    }

    @Test
    void theDelayNeverExceedsTheMaximum() {
        Random random = new Random(5);
        speech(1_000, i -> (long) random.nextInt(600));
        buffer = new AdaptiveJitterBuffer(Codecs.PCMU.create(), new JitterSettings(20, 100, 480));
        long now = START;
        int next = 0;
        short[] out = new short[160];
        for (int t = 0; t < 1_000; t++, now += 20 * MILLI) {
            for (; next < network.size() && network.get(next).arrival <= now; next++) {
                put(network.get(next));
            }
            buffer.pull(out, 0, now);
            assertThat(buffer.delayMillis()).isLessThanOrEqualTo(121);
        }
    }

    @Test
    void packetsOfThirtyAndTenMillisecondsArePlayedWholly() {
        for (int ptime : new int[] {10, 30, 40, 60}) {
            network.clear();
            heard.clear();
            kinds.clear();
            buffer = new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
            tone(2_400 / ptime, ptime, 0, i -> 0L);
            play(110);
            assertThat(purity(heard.subList(20, 100))).as("ptime %d", ptime).isGreaterThan(30);
        }
    }

    @Test
    void sequenceAndTimestampWrapUnheard() {
        tone(100, 20, -160 * 50, i -> 0L);
        play(105);
        assertThat(count(Played.SOUND)).isEqualTo(100);
        assertThat(purity(heard.subList(10, 90))).isGreaterThan(30);
    }

    @Test
    void aPauseOfTheSenderIsSilenceAndWhatFollowsIsHeard() {
        tone(200, 20, 0, i -> 0L);
        network.subList(50, 100).clear();
        play(205);
        assertThat(kinds.subList(60, 95)).containsOnly(Played.SILENCE);
        assertThat(count(Played.SOUND)).isBetween(149L, 150L);
        assertThat(buffer.late()).isZero();
    }

    @Test
    void anotherSourceIsHeardFromItsFirstPacketsOn() {
        tone(50, 20, 0, i -> 0L);
        play(50);
        for (int i = 0; i < 50; i++) {
            Packet p = network.get(i);
            long at = p.arrival + 1_000 * MILLI;
            network.set(i, new Packet(p.seq + 9_000, p.timestamp + 123_456_789, p.payload, at));
        }
        int before = (int) count(Played.SOUND);
        playFrom(START + 1_000 * MILLI, 55, SSRC + 1);
        assertThat(count(Played.SOUND) - before).isGreaterThanOrEqualTo(49);
    }

    @Test
    void aSenderWhoseTimestampsJumpIsHeardAgainSoon() {
        for (int jump : new int[] {-1_000_000, 1_000_000}) {
            network.clear();
            heard.clear();
            kinds.clear();
            buffer = new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
            tone(200, 20, 0, i -> 0L);
            network.replaceAll(p -> p.seq < 100 ? p : new Packet(p.seq, p.timestamp + jump, p.payload, p.arrival));
            play(205);
            assertThat(kinds.subList(115, 195)).as("jump %d", jump).containsOnly(Played.SOUND);
        }
    }

    @Test
    void aSenderWhoseClockIsFastOrSlowIsFollowed() {
        for (double drift : new double[] {0.999, 1.001}) {
            network.clear();
            heard.clear();
            kinds.clear();
            buffer = new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
            speech(6_000, i -> Math.round(i * 20 * (drift - 1)));
            network.sort(Comparator.comparingLong(Packet::arrival));
            play(6_000);
            assertThat(buffer.delayMillis()).as("drift %s", drift).isBetween(-5, 90);
            assertThat(buffer.late()).as("drift %s", drift).isLessThan(20);
        }
    }

    @Test
    void garbageOfAnyKindThrowsNothing() {
        Random random = new Random(11);
        short[] out = new short[160];
        long now = START;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(30) * MILLI;
            int len = random.nextInt(600);
            int units = random.nextInt(10) == 0 ? random.nextInt() : len;
            int timestamp = random.nextInt(4) == 0 ? random.nextInt() : i * 160;
            buffer.put(
                    random.nextInt(50) == 0 ? i : 1,
                    random.nextInt(65_536),
                    timestamp,
                    new byte[len],
                    0,
                    len,
                    units,
                    now);
            buffer.pull(out, 0, now);
        }
        assertThat(buffer.received()).isEqualTo(20_000);
    }

    private interface Delay {
        long millis(int packet);
    }

    private void tone(int packets, int ptime, int firstTimestamp, Delay delay) {
        int samples = ptime * 8;
        short[] pcm = new short[samples];
        for (int i = 0; i < packets; i++) {
            for (int s = 0; s < samples; s++) {
                pcm[s] = (short) (8_000 * Math.sin(2 * Math.PI * 440 * (i * samples + s) / 8_000.0));
            }
            add(i, firstTimestamp + i * samples, pcm, START + (long) i * ptime * MILLI + delay.millis(i) * MILLI);
        }
        network.sort(Comparator.comparingLong(Packet::arrival));
    }

    /** A second of tone, then half a second of quiet noise, and so on. */
    private void speech(int packets, Delay delay) {
        speechFrom(0, packets, delay);
    }

    private void continueSpeech(int packets, Delay delay) {
        int from = network.stream().mapToInt(Packet::seq).max().getAsInt() + 1;
        network.clear();
        speechFrom(from, packets, delay);
    }

    private void speechFrom(int from, int packets, Delay delay) {
        Random noise = new Random(1);
        for (int i = from; i < from + packets; i++) {
            short[] pcm = new short[160];
            for (int s = 0; s < 160; s++) {
                boolean quiet = i % 75 >= 50;
                pcm[s] = (short) (noise.nextGaussian() * 20
                        + (quiet ? 0 : 8_000 * Math.sin(2 * Math.PI * 200 * (i * 160 + s) / 8_000.0)));
            }
            add(i, i * 160, pcm, START + i * 20 * MILLI + delay.millis(i) * MILLI);
        }
        network.sort(Comparator.comparingLong(Packet::arrival));
    }

    private void add(int seq, int timestamp, short[] pcm, long arrival) {
        byte[] payload = new byte[pcm.length];
        encoder.encode(pcm, 0, pcm.length, payload, 0);
        network.add(new Packet(seq, timestamp, payload, arrival));
    }

    private long played = START;

    private void play(int ticks) {
        if (kinds.isEmpty() && network.getFirst().seq == 0) {
            played = START;
        }
        playFrom(played, ticks, SSRC);
        played += ticks * 20L * MILLI;
    }

    private void playFrom(long start, int ticks, int ssrc) {
        int next = 0;
        for (int t = 0; t < ticks; t++) {
            long now = start + t * 20L * MILLI + 7 * MILLI;
            for (; next < network.size() && network.get(next).arrival <= now; next++) {
                Packet p = network.get(next);
                buffer.put(
                        ssrc, p.seq & 0xFFFF, p.timestamp, p.payload, 0, p.payload.length, p.payload.length, p.arrival);
            }
            short[] out = new short[160];
            kinds.add(buffer.pull(out, 0, now));
            heard.add(out);
        }
    }

    private void put(Packet p) {
        buffer.put(SSRC, p.seq & 0xFFFF, p.timestamp, p.payload, 0, p.payload.length, p.payload.length, p.arrival);
    }

    private long count(Played kind) {
        return kinds.stream().filter(k -> k == kind).count();
    }

    /** Signal to noise of a 440 Hz tone in dB: anything out of place, doubled or missing ruins it. */
    private static double purity(List<short[]> frames) {
        int n = frames.size() * 160;
        double sin = 0;
        double cos = 0;
        double all = 0;
        int i = 0;
        for (short[] frame : frames) {
            for (short s : frame) {
                double phase = 2 * Math.PI * 440 * i++ / 8_000;
                sin += s * Math.sin(phase);
                cos += s * Math.cos(phase);
                all += (double) s * s;
            }
        }
        double tone = 2 * (sin * sin + cos * cos) / n;
        return 10 * Math.log10(tone / Math.max(1e-9, all - tone));
    }
}
