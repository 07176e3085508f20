package dev.trunkline.benchmarks;

import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.jitter.AdaptiveJitterBuffer;
import dev.trunkline.media.jitter.JitterSettings;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Claim: the playing path costs a few microseconds for each packet, lost ones included, and no memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JitterBufferBenchmark {

    private final AdaptiveJitterBuffer even = new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
    private final AdaptiveJitterBuffer bad = new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
    private final byte[] payload = new byte[160];
    private final short[] out = new short[160];
    private final Random random = new Random(1);
    private int packet;

    /** Payload of noise. */
    public JitterBufferBenchmark() {
        random.nextBytes(payload);
    }

    /** A packet in, a frame out, 20 ms apart. */
    @Benchmark
    public short[] evenStream() {
        long now = packet * 20_000_000L;
        even.put(1, packet & 0xFFFF, packet * 160, payload, 0, 160, 160, now);
        even.pull(out, 0, now + 5_000_000L);
        packet++;
        return out;
    }

    /** The same with 3 % loss and 40 ms of jitter. */
    @Benchmark
    public short[] badStream() {
        long now = packet * 20_000_000L;
        if (random.nextInt(100) >= 3) {
            long late = random.nextInt(40) * 1_000_000L;
            bad.put(1, packet & 0xFFFF, packet * 160, payload, 0, 160, 160, now + late);
        }
        bad.pull(out, 0, now + 45_000_000L);
        packet++;
        return out;
    }
}
