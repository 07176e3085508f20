package dev.trunkline.benchmarks;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Claim: a 20 ms frame of G.722 costs less than a third of one of Opus; Opus needs libopus on this machine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class WidebandBenchmark {

    private static final int FRAME = 320;
    private static final int FRAMES = 50;

    /** The encoding name of SDP. */
    @Param({"G722", "opus"})
    public String codec = "";

    private Codec used = Codecs.G722.create();
    private final short[] sound = new short[FRAMES * FRAME];
    private final byte[][] packets = new byte[FRAMES][1_275];
    private final int[] lengths = new int[FRAMES];
    private final byte[] encoded = new byte[1_275];
    private final short[] decoded = new short[1_920];
    private int next;

    /** A second of a hummed tone that rises, with breath. */
    @Setup
    public void prepare() {
        CodecType type = Codecs.all().stream()
                .filter(known -> known.name().equals(codec))
                .findFirst()
                .orElseThrow();
        used = type.create();
        Random random = new Random(1);
        double phase = 0;
        for (int i = 0; i < sound.length; i++) {
            phase += 2 * Math.PI * (120 + i / 200.0) / type.sampleRate();
            double voice = Math.sin(phase) + 0.5 * Math.sin(3 * phase) + 0.3 * Math.sin(11 * phase);
            sound[i] = (short) (4_000 * voice + 200 * random.nextGaussian());
        }
        for (int i = 0; i < FRAMES; i++) {
            lengths[i] = used.encode(sound, i * FRAME, FRAME, packets[i], 0);
        }
    }

    /** Gives native memory back. */
    @TearDown
    public void close() {
        used.close();
    }

    /** 20 ms of linear sound to a payload. */
    @Benchmark
    public int encode() {
        next = (next + 1) % FRAMES;
        return used.encode(sound, next * FRAME, FRAME, encoded, 0);
    }

    /** A payload to 20 ms of linear sound. */
    @Benchmark
    public int decode() {
        next = (next + 1) % FRAMES;
        return used.decode(packets[next], 0, lengths[next], decoded, 0);
    }
}
