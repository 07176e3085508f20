package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenessMeterTest {

    private static final long MILLI = 1_000_000;

    private final Histogram lateness = new Histogram();
    private final LatenessMeter meter = new LatenessMeter(8_000, lateness);

    @Test
    void aStreamThatKeepsItsTimeIsNeverLateWhereverItBegins() {
        for (int i = 0; i < 4_000; i++) {
            meter.packet(Integer.MAX_VALUE - 1_000 + i * 160, 77 * MILLI + i * 20 * MILLI);
        }
        meter.finish();
        assertThat(lateness.count()).isEqualTo(4_000);
        assertThat(lateness.worstMillis()).isZero();
    }

    @Test
    void thePacketsOfAStallAreLateByWhatIsLeftOfItAndTheNextOnesAreNot() {
        for (int i = 0; i < 1_000; i++) {
            long due = i * 20 * MILLI;
            // from packet 500 on the sender stands still for 50 ms, then catches up at once
            long sent = i >= 500 && i < 503 ? 500 * 20 * MILLI + 50 * MILLI : due;
            meter.packet(i * 160, sent);
        }
        meter.finish();
        assertThat(lateness.worstMillis()).isEqualTo(50);
        assertThat(lateness.shareBeyond(20 * MILLI)).isEqualTo(0.002); // 50 and 30 ms late
        assertThat(lateness.shareBeyond(5 * MILLI)).isEqualTo(0.003); // and 10 ms
    }

    @Test
    void theZeroIsThePacketThatCameSoonestEvenIfThatIsNotTheFirst() {
        for (int i = 0; i < 100; i++) {
            meter.packet(i * 160, i * 20 * MILLI + (i < 10 ? 30 * MILLI : 0));
        }
        meter.finish();
        assertThat(lateness.shareBeyond(20 * MILLI)).isEqualTo(0.1);
    }

    @Test
    void packetsThatAreMissingAreNotLateness() {
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                meter.packet(i * 160, i * 20 * MILLI);
            }
        }
        meter.finish();
        assertThat(lateness.count()).isEqualTo(90);
        assertThat(lateness.worstMillis()).isZero();
    }

    @Test
    void clocksThatDriftApartAreNotLate() {
        for (int i = 0; i < 30_000; i++) {
            meter.packet(i * 160, i * 20 * MILLI + i * 20L * 100); // 100 ppm, 60 ms in ten minutes
        }
        meter.finish();
        assertThat(lateness.worstMillis()).isCloseTo(3, within(0.1)); // what one stretch drifts
    }

    @Test
    void anotherStreamHasAClockOfItsOwn() {
        for (int i = 0; i < 100; i++) {
            meter.packet(i * 160, i * 20 * MILLI);
        }
        for (int i = 0; i < 100; i++) {
            meter.packet(1_000_000_000 + i * 160, (100 + i) * 20 * MILLI);
        }
        meter.finish();
        assertThat(lateness.count()).isEqualTo(200);
        assertThat(lateness.worstMillis()).isZero();
    }
}
