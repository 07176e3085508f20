package dev.trunkline.media.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpscRingTest {

    private final SpscRing<long[]> ring = new SpscRing<>(5, () -> new long[2]);

    @Test
    void theCapacityIsRoundedUp() {
        assertThat(ring.capacity()).isEqualTo(8);
        assertThat(new SpscRing<>(1, () -> new long[1]).capacity()).isEqualTo(1);
        assertThat(new SpscRing<>(8, () -> new long[1]).capacity()).isEqualTo(8);
    }

    @Test
    void aFullRingGivesNoSlotUntilOneIsReleased() {
        for (int i = 0; i < 8; i++) {
            assertThat(ring.claim()).isNotNull();
            ring.publish();
        }
        assertThat(ring.claim()).isNull();

        ring.release(1);

        assertThat(ring.claim()).isNotNull();
    }

    @Test
    void whatIsClaimedAndNotPublishedIsNotSeen() {
        ring.claim();

        assertThat(ring.available()).isZero();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void everythingCrossesOnceAndInOrder() throws InterruptedException {
        int count = 50_000;
        Thread producer = Thread.ofPlatform().start(() -> {
            for (long i = 0; i < count; ) {
                long[] slot = ring.claim();
                if (slot == null) {
                    Thread.yield();
                    continue;
                }
                slot[0] = i;
                slot[1] = ~i;
                ring.publish();
                i++;
            }
        });
        long expected = 0;
        while (expected < count) {
            int available = ring.available();
            for (int i = 0; i < available; i++) {
                assertThat(ring.peek(i)[0]).isEqualTo(expected);
                assertThat(ring.peek(i)[1]).isEqualTo(~expected);
                expected++;
            }
            ring.release(available);
            if (available == 0) {
                Thread.yield();
            }
        }
        producer.join();
    }
}
