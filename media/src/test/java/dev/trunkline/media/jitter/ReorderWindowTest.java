package dev.trunkline.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderWindowTest {

    private static final int SSRC = 7;

    private final List<String> heard = new ArrayList<>();
    private long now;

    private final ReorderWindow.Sink sink = new ReorderWindow.Sink() {
        @Override
        public void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len) {
            heard.add(payloadType == 101 ? "event" : "f" + (buf[off] & 0xFF));
        }

        @Override
        public void lost(int units) {
            heard.add("lost " + units);
        }

        @Override
        public void paused(long units) {
            heard.add("paused " + units);
        }

        @Override
        public void restarted() {
            heard.add("restarted");
        }
    };

    private ReorderWindow window = new ReorderWindow(2, 480, sink);

    @Test
    void whatIsInOrderGoesOnAtOnce() {
        packets(0, 1, 2);
        assertThat(heard).containsExactly("f0", "f1", "f2");
        assertThat(window.waiting()).isZero();
    }

    @Test
    void twoSwappedPacketsComeOutInOrderAndNothingIsLost() {
        packets(0, 2, 1, 3);
        assertThat(heard).containsExactly("f0", "f1", "f2", "f3");
        assertThat(window.lostPackets()).isZero();
    }

    @Test
    void aMissingPacketIsDeclaredLostWhenTheWindowIsFull() {
        packets(0, 2, 3);
        assertThat(heard).containsExactly("f0");
        packets(4);
        assertThat(heard).containsExactly("f0", "lost 160", "f2", "f3", "f4");
        assertThat(window.lostPackets()).isEqualTo(1);
    }

    @Test
    void aWindowOfZeroWaitsForNothing() {
        window = new ReorderWindow(0, 480, sink);
        packets(0, 2, 1);
        assertThat(heard).containsExactly("f0", "lost 160", "f2");
        assertThat(window.late()).isEqualTo(1);
    }

    @Test
    void aPacketThatComesAfterItWasDeclaredLostIsCountedLateAndASecondCopyDuplicate() {
        packets(0, 2, 3, 4, 1, 1, 3);
        assertThat(heard).containsExactly("f0", "lost 160", "f2", "f3", "f4");
        assertThat(window.late()).isEqualTo(1);
        assertThat(window.duplicate()).isEqualTo(2);
    }

    @Test
    void aDuplicateOfAHeldPacketIsCountedAndDoesNotFillTheWindow() {
        packets(0, 2, 2, 2, 1);
        assertThat(heard).containsExactly("f0", "f1", "f2");
        assertThat(window.duplicate()).isEqualTo(2);
    }

    @Test
    void twoGapsInTheWindowAreLostOneAfterTheOther() {
        packets(0, 2, 4, 6);
        assertThat(heard).containsExactly("f0", "lost 160", "f2");
        packets(5, 7);
        assertThat(heard).containsExactly("f0", "lost 160", "f2", "lost 160", "f4", "f5", "f6", "f7");
    }

    @Test
    void theSequenceNumberWraps() {
        put(SSRC, 65_534, 0, 1);
        put(SSRC, 0, 320, 3);
        put(SSRC, 65_535, 160, 2);
        put(SSRC, 1, 480, 4);
        assertThat(heard).containsExactly("f1", "f2", "f3", "f4");
    }

    @Test
    void theTimestampWrapsWithoutALossOrAPause() {
        put(SSRC, 1, -160, 1);
        put(SSRC, 2, 0, 2);
        assertThat(heard).containsExactly("f1", "f2");
    }

    @Test
    void anotherSourceBeginsAfreshAndWhatWasHeldOfTheOldOneIsHeardBefore() {
        packets(0, 2);
        put(SSRC + 1, 900, 77, 9);
        assertThat(heard).containsExactly("f0", "lost 160", "f2", "restarted", "f9");
    }

    @Test
    void aPauseOfTheSenderIsNoLoss() {
        put(SSRC, 1, 0, 1);
        put(SSRC, 2, 160 + 8_000, 2);
        assertThat(heard).containsExactly("f1", "paused 8000", "f2");
    }

    @Test
    void aLossWithinAPauseIsAsLongAsTheMissingPacketsCouldBe() {
        put(SSRC, 1, 0, 1);
        for (int i = 0; i < 3; i++) {
            put(SSRC, 3 + i, 8_000 + 160 * i, 3 + i);
        }
        assertThat(heard).containsExactly("f1", "lost 160", "paused 7680", "f3", "f4", "f5");
    }

    @Test
    void packetsOfThirtyMillisecondsLoseThirtyMilliseconds() {
        window = new ReorderWindow(0, 480, sink);
        byte[] payload = new byte[240];
        window.put(SSRC, 1, 0, false, 0, payload, 0, 240, 240, 0);
        window.put(SSRC, 3, 480, false, 0, payload, 0, 240, 240, 0);
        assertThat(heard).containsExactly("f0", "lost 240", "f0");
    }

    @Test
    void telephoneEventsKeepTheirPlaceAndTheTimeTheyTookIsAPause() {
        put(SSRC, 1, 0, 1);
        for (int i = 0; i < 3; i++) {
            window.put(SSRC, 2 + i, 160, i == 0, 101, new byte[4], 0, 4, 0, now);
        }
        put(SSRC, 5, 640, 5);
        assertThat(heard).containsExactly("f1", "event", "event", "event", "paused 480", "f5");
    }

    @Test
    void aPacketBehindAGapIsNotHeldForEverWhenNothingFollows() {
        packets(0, 2);
        window.poll(now + 59_000_000);
        assertThat(heard).containsExactly("f0");
        window.poll(now + 60_000_000);
        assertThat(heard).containsExactly("f0", "lost 160", "f2");
    }

    @Test
    void aSinglePacketFarFromTheSequenceIsIgnoredAndTwoInARowAreARestart() {
        packets(0, 1);
        put(SSRC, 30_000, 5, 100);
        packets(2);
        assertThat(heard).containsExactly("f0", "f1", "f2");
        put(SSRC, 40_000, 5, 100);
        put(SSRC, 40_001, 165, 101);
        assertThat(heard).containsExactly("f0", "f1", "f2", "restarted", "f101");
        assertThat(window.jumped()).isEqualTo(2);
    }

    @Test
    void anyMixOfPacketsIsHeardInOrderAndEachAtMostOnce() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            heard.clear();
            window = new ReorderWindow(random.nextInt(3), 480, sink);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                order.add(i);
            }
            for (int i = 1; i < 199; i++) {
                if (random.nextInt(10) == 0) {
                    Collections.swap(order, i, i + 1);
                }
            }
            order.removeIf(i -> i > 0 && random.nextInt(20) == 0);
            for (int n : order) {
                packets(n);
                if (random.nextInt(20) == 0) {
                    packets(n);
                }
            }
            window.flush();
            List<Integer> frames = heard.stream()
                    .filter(h -> h.startsWith("f"))
                    .map(h -> Integer.valueOf(h.substring(1)))
                    .toList();
            assertThat(frames).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
            long lost = heard.stream()
                    .filter(h -> h.startsWith("lost"))
                    .mapToLong(h -> Long.parseLong(h.substring(5)))
                    .sum();
            int last = frames.getLast();
            assertThat(frames.size() + lost / 160).as("seed %d", seed).isEqualTo(last + 1);
        }
    }

    private void packets(int... numbers) {
        for (int n : numbers) {
            put(SSRC, n, n * 160, n);
        }
    }

    private void put(int ssrc, int seq, int timestamp, int content) {
        byte[] payload = new byte[160];
        payload[0] = (byte) content;
        window.put(ssrc, seq, timestamp, false, 0, payload, 0, 160, 160, now);
    }
}
