package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {

    private final Histogram times = new Histogram();

    @Test
    void percentilesAreTheTimesBelowWhichThatPartLies() {
        for (int i = 1; i <= 100; i++) {
            times.add(i * 1_000_000L - 1);
        }
        assertThat(times.millisAt(0.5)).isEqualTo(50);
        assertThat(times.millisAt(0.99)).isEqualTo(99);
        assertThat(times.worstMillis()).isGreaterThan(99.9);
        assertThat(times.shareBeyond(95_000_000)).isEqualTo(0.05);
    }

    @Test
    void oneThatTookForEverIsTheWorstAndCounts() {
        times.add(1);
        times.add(Long.MAX_VALUE);
        assertThat(times.shareBeyond(400_000_000)).isEqualTo(0.5);
        assertThat(times.worstMillis()).isGreaterThan(1e9);
    }

    @Test
    void whatIsEarlyIsNotLate() {
        times.add(-5_000_000);
        assertThat(times.worstMillis()).isZero();
    }

    @Test
    void anEmptyOneHasNothing() {
        assertThat(times.millisAt(0.99)).isZero();
        assertThat(times.shareBeyond(1)).isZero();
    }

    @Test
    void twoAreAddedUp() {
        times.add(1_000_000);
        Histogram other = new Histogram();
        other.add(9_000_000);
        times.add(other);
        assertThat(times.count()).isEqualTo(2);
        assertThat(times.worstMillis()).isEqualTo(9);
        assertThat(times.shareBeyond(5_000_000)).isEqualTo(0.5);
    }
}
