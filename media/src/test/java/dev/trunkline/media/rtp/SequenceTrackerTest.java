package dev.trunkline.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.rtp.SequenceTracker.Arrival;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {

    private final SequenceTracker tracker = new SequenceTracker();

    @Test
    void aSourceCountsFromItsSecondPacketInARow() {
        assertThat(tracker.update(1, 100)).isEqualTo(Arrival.PROBATION);
        assertThat(tracker.expected()).isZero();
        assertThat(tracker.update(1, 101)).isEqualTo(Arrival.NEW_SOURCE);
        assertThat(tracker.update(1, 102)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.received()).isEqualTo(2);
        assertThat(tracker.expected()).isEqualTo(2);
    }

    @Test
    void probationBeginsAnewWhenTheSecondDoesNotFollow() {
        tracker.update(1, 100);
        assertThat(tracker.update(1, 105)).isEqualTo(Arrival.PROBATION);
        assertThat(tracker.update(1, 106)).isEqualTo(Arrival.NEW_SOURCE);
    }

    @Test
    void whereTheSourceIsKnownTheFirstPacketCounts() {
        assertThat(new SequenceTracker(1).update(1, 9)).isEqualTo(Arrival.NEW_SOURCE);
    }

    @Test
    void theNumbersGoOnOverAWrapInBothDirections() {
        begin(65_534);
        long before = tracker.extended();
        assertThat(tracker.update(1, 1)).isEqualTo(Arrival.AHEAD);
        assertThat(tracker.extended() - before).isEqualTo(3);
        assertThat(tracker.update(1, 65_535)).isEqualTo(Arrival.BEHIND);
        assertThat(tracker.extended() - before).isEqualTo(1);
        assertThat(tracker.update(1, 0)).isEqualTo(Arrival.BEHIND);
        assertThat(tracker.extended() - before).isEqualTo(2);
        assertThat(tracker.update(1, 2)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.extendedHighestSequence()).isEqualTo(0x1_0002);
        assertThat(tracker.expected()).isEqualTo(5);
    }

    @Test
    void manyWrapsAreCounted() {
        begin(0);
        for (int i = 1; i <= 300_000; i++) {
            assertThat(tracker.update(1, i & 0xFFFF)).isEqualTo(Arrival.IN_ORDER);
        }
        assertThat(tracker.extendedHighestSequence()).isEqualTo(300_000);
        assertThat(tracker.expected()).isEqualTo(300_001);
    }

    @Test
    void aPacketFarOffIsIgnoredAndTheStreamGoesOn() {
        begin(1_000);
        assertThat(tracker.update(1, 1_000 + SequenceTracker.MAX_DROPOUT)).isEqualTo(Arrival.JUMP);
        assertThat(tracker.update(1, 1_001)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.update(1, 1_000 + SequenceTracker.MAX_DROPOUT)).isEqualTo(Arrival.AHEAD);
        assertThat(tracker.update(1, 3_999 - SequenceTracker.MAX_MISORDER)).isEqualTo(Arrival.JUMP);
    }

    @Test
    void twoPacketsInARowFarOffAreARestart() {
        begin(1_000);
        assertThat(tracker.update(1, 40_000)).isEqualTo(Arrival.JUMP);
        assertThat(tracker.update(1, 40_001)).isEqualTo(Arrival.RESTARTED);
        assertThat(tracker.update(1, 40_002)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.received()).isEqualTo(2);
    }

    @Test
    void anotherSsrcIsAnotherSource() {
        begin(1_000);
        assertThat(tracker.update(2, 1_001)).isEqualTo(Arrival.PROBATION);
        assertThat(tracker.update(2, 1_002)).isEqualTo(Arrival.NEW_SOURCE);
        assertThat(tracker.ssrc()).isEqualTo(2);
        assertThat(tracker.received()).isEqualTo(1);
    }

    private void begin(int seq) {
        tracker.update(1, (seq - 1) & 0xFFFF);
        assertThat(tracker.update(1, seq)).isEqualTo(Arrival.NEW_SOURCE);
    }
}
