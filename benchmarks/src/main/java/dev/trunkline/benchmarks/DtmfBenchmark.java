package dev.trunkline.benchmarks;

import dev.trunkline.media.dtmf.DtmfDetector;
import dev.trunkline.media.dtmf.DtmfSender;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
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

/**
 * Claim: looking for keys in the sound of a call costs some microseconds a frame of 20 ms and no memory, whatever the sound
 * is; nothing to speak of in silence.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DtmfBenchmark {

    private static final int FRAME = 160;
    private static final int SECONDS = 10;

    /** What is in the sound. */
    public enum Sound {
        /** Noise at some -60 dBm0. */
        SILENCE,
        /** A buzz with a gliding pitch and its harmonics, as loud as a voice. */
        VOICE,
        /** One key after the other. */
        TONES
    }

    @Param
    private Sound sound = Sound.SILENCE;

    private final short[] samples = new short[8_000 * SECONDS];
    private final DtmfDetector detector = new DtmfDetector(new TelephoneEventReceiver.Listener() {
        @Override
        public void keyDown(char key) {}

        @Override
        public void keyUp(char key, int millis) {}
    });
    private int at;

    /** Makes ten seconds of it. */
    @Setup
    public void make() {
        Random random = new Random(1);
        switch (sound) {
            case SILENCE -> {
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (short) (20 * random.nextGaussian());
                }
            }
            case VOICE -> {
                double phase = 0;
                for (int i = 0; i < samples.length; i++) {
                    phase += 2 * Math.PI * (140 + 60 * Math.sin(i / 4_000.0)) / 8_000;
                    double value = 0;
                    for (int harmonic = 1; harmonic <= 15; harmonic++) {
                        value += Math.sin(harmonic * phase) / harmonic;
                    }
                    samples[i] = (short) (4_000 * value);
                }
            }
            case TONES -> {
                DtmfSender sender = new DtmfSender(8_000);
                sender.send("0123456789*#ABCD".repeat(4).substring(0, SECONDS * 1_000 / 160));
                sender.fill(samples, 0, samples.length);
            }
        }
    }

    /** One frame of 20 ms. */
    @Benchmark
    public void oneFrame() {
        detector.hear(samples, at, FRAME);
        at = (at + FRAME) % samples.length;
    }
}
