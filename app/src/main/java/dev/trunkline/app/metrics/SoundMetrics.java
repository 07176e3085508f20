package dev.trunkline.app.metrics;

import dev.trunkline.core.line.MediaQuality;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls sounded, one value a call at its end: seen from here and, where the far side reported, from there. A call counts
 * only for what was measured on it.
 */
final class SoundMetrics {

    private static final double[] OPINIONS = {1.5, 2, 2.5, 3, 3.3, 3.6, 3.8, 4, 4.1, 4.2, 4.3, 4.4};
    private static final double[] LOSSES = {0.01, 0.1, 0.5, 1, 2, 3, 5, 10, 20};
    private static final double[] JITTERS = {1, 2, 5, 10, 20, 30, 50, 100, 200};

    private final DistributionSummary opinionHere;
    private final DistributionSummary opinionThere;
    private final DistributionSummary lossHere;
    private final DistributionSummary lossThere;
    private final DistributionSummary jitterHere;
    private final DistributionSummary jitterThere;
    private final Timer roundTrip;

    SoundMetrics(MeterRegistry registry) {
        String opinion = "estimated mean opinion score of calls that are over (E-model)";
        opinionHere = summary(registry, "trunkline.calls.mos", opinion, "here", OPINIONS);
        opinionThere = summary(registry, "trunkline.calls.mos", opinion, "far", OPINIONS);
        String loss = "percent of the packets of a call that were missed, of calls that are over";
        lossHere = summary(registry, "trunkline.calls.loss.percent", loss, "here", LOSSES);
        lossThere = summary(registry, "trunkline.calls.loss.percent", loss, "far", LOSSES);
        String jitter = "interarrival jitter in ms at the end of calls";
        jitterHere = summary(registry, "trunkline.calls.jitter.ms", jitter, "here", JITTERS);
        jitterThere = summary(registry, "trunkline.calls.jitter.ms", jitter, "far", JITTERS);
        roundTrip = Timer.builder("trunkline.calls.round.trip")
                .description("to the far side of a call and back, as its reports tell, of calls that are over")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(300),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1))
                .register(registry);
    }

    private static DistributionSummary summary(
            MeterRegistry registry, String name, String description, String side, double[] buckets) {
        return DistributionSummary.builder(name)
                .description(description)
                .tag("side", side)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** A call is over. */
    void on(MediaQuality quality) {
        long sent = quality.packetsReceived() + quality.packetsLost();
        if (quality.packetsReceived() > 0) {
            lossHere.record(100.0 * quality.packetsLost() / sent);
            jitterHere.record(quality.jitterMillis());
        }
        record(opinionHere, quality.meanOpinion());
        record(opinionThere, quality.farMeanOpinion());
        record(lossThere, quality.farLossPercent());
        record(jitterThere, quality.farJitterMillis());
        Double trip = quality.roundTripMillis();
        if (trip != null) {
            roundTrip.record(Duration.ofNanos((long) (trip * 1_000_000)));
        }
    }

    private static void record(DistributionSummary summary, @Nullable Double value) {
        if (value != null) {
            summary.record(value);
        }
    }
}
