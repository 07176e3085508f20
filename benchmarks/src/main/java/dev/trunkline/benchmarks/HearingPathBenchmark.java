package dev.trunkline.benchmarks;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.jitter.ReorderWindow;
import dev.trunkline.media.resample.Resampler;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.RtpStatistics;
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

/**
 * Claim: from the datagram to 16 kHz samples for the models, a packet costs some ten microseconds and no memory: parse,
 * count, order, decode, conceal, resample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HearingPathBenchmark implements ReorderWindow.Sink {

    private final RtpPacket packet = new RtpPacket();
    private final RtpStatistics statistics = new RtpStatistics(8_000, 1);
    private final ReorderWindow window = new ReorderWindow(2, 480, this);
    private final Codec codec = Codecs.PCMU.create();
    private final LossConcealer concealer = new LossConcealer();
    private final Resampler resampler = new Resampler(8_000, 16_000);
    private final byte[] datagram = new byte[172];
    private final short[] pcm = new short[480];
    private final short[] wide = new short[resampler.maxOutput(480)];
    private int number;

    /** Payload of noise. */
    public HearingPathBenchmark() {
        new Random(1).nextBytes(datagram);
    }

    /** One packet of a stream where each tenth comes after its follower. */
    @Benchmark
    public short[] onePacket() {
        int n = number % 10 == 0 ? number + 1 : number % 10 == 1 ? number - 1 : number;
        number++;
        RtpPacket.writeHeader(datagram, 0, false, 0, n & 0xFFFF, n * 160, 7);
        packet.wrap(datagram, 0, datagram.length);
        long now = number * 20_000_000L;
        statistics.onPacket(packet.ssrc(), packet.sequence(), packet.timestamp(), true, now);
        window.put(
                packet.ssrc(),
                packet.sequence(),
                packet.timestamp(),
                packet.marker(),
                packet.payloadType(),
                packet.array(),
                packet.payloadOffset(),
                packet.payloadLength(),
                packet.payloadLength(),
                now);
        return wide;
    }

    @Override
    public void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len) {
        int samples = codec.decode(buf, off, len, pcm, 0);
        concealer.good(pcm, 0, samples);
        resampler.process(pcm, 0, samples, wide, 0);
    }

    @Override
    public void lost(int units) {
        int samples = Math.min(units, pcm.length);
        concealer.lost(pcm, 0, samples);
        resampler.process(pcm, 0, samples, wide, 0);
    }
}
