package dev.trunkline.benchmarks;

import dev.trunkline.media.resample.Resampler;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Claim: 20 ms of sound at another rate cost a few microseconds, and no memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ResamplerBenchmark {

    /** From and to which rate, in Hz. */
    @Param({"8000-16000", "16000-8000", "22050-8000", "24000-8000", "48000-8000", "8000-48000"})
    public String rates = "";

    private Resampler resampler = new Resampler(8_000, 8_000);
    private short[] in = new short[0];
    private short[] out = new short[0];

    /** A frame of noise. */
    @Setup
    public void prepare() {
        int dash = rates.indexOf('-');
        int from = Integer.parseInt(rates.substring(0, dash));
        resampler = new Resampler(from, Integer.parseInt(rates.substring(dash + 1)));
        in = new short[from / 50];
        out = new short[resampler.maxOutput(in.length)];
        Random random = new Random(1);
        for (int i = 0; i < in.length; i++) {
            in[i] = (short) (random.nextGaussian() * 4_000);
        }
    }

    /** One frame of a running stream. */
    @Benchmark
    public int frame() {
        return resampler.process(in, 0, in.length, out, 0);
    }
}
