package dev.trunkline.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallLogEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SoundMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CallMetrics metrics = new CallMetrics(registry);

    private void ended(MediaQuality quality) {
        metrics.on(new CallLogEntry.Closed(new CallId("c1"), Instant.EPOCH, EndReason.CALLER_HUNG_UP, "", quality));
    }

    private double mean(String name, String side) {
        return registry.get(name).tag("side", side).summary().mean();
    }

    private long count(String name, String side) {
        return registry.get(name).tag("side", side).summary().count();
    }

    @Test
    void aCallWithReportsOfTheFarSideCountsOnBothSides() {
        ended(new MediaQuality(990, 10, 0, 1_000, 3, 0, 42.0, 2.5, 7.0, 4.3, 4.1));

        assertThat(mean("trunkline.calls.loss.percent", "here")).isEqualTo(1);
        assertThat(mean("trunkline.calls.loss.percent", "far")).isEqualTo(2.5);
        assertThat(mean("trunkline.calls.jitter.ms", "far")).isEqualTo(7);
        assertThat(mean("trunkline.calls.mos", "here")).isEqualTo(4.3);
        assertThat(mean("trunkline.calls.mos", "far")).isEqualTo(4.1);
        assertThat(registry.get("trunkline.calls.round.trip").timer().mean(TimeUnit.MILLISECONDS))
                .isEqualTo(42);
    }

    @Test
    void whatWasNotMeasuredDoesNotCount() {
        ended(MediaQuality.NONE);
        ended(MediaQuality.counted(500, 0, 0, 500, 1, 0));

        assertThat(count("trunkline.calls.loss.percent", "here")).isEqualTo(1);
        assertThat(count("trunkline.calls.loss.percent", "far")).isZero();
        assertThat(count("trunkline.calls.mos", "here")).isZero();
        assertThat(registry.get("trunkline.calls.round.trip").timer().count()).isZero();
    }
}
