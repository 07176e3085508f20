package dev.trunkline.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.conceal.LossConcealer;
import dev.trunkline.media.resample.Resampler;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.rtp.RtpStatistics;
import dev.trunkline.media.rtp.SourceLock;
import dev.trunkline.media.rtp.TelephoneEventReceiver;
import dev.trunkline.media.rtp.TelephoneEventSender;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int PACKETS = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RtpPacket packet = new RtpPacket();
    private final RtpStatistics statistics = new RtpStatistics(8_000, 1);
    private final InetSocketAddress source = new InetSocketAddress("127.0.0.1", 4_000);
    private final SourceLock lock = new SourceLock(source);
    private final Codec codec = Codecs.PCMU.create();
    private final LossConcealer concealer = new LossConcealer();
    private final Resampler resampler = new Resampler(8_000, 16_000);
    private final AdaptiveJitterBuffer playing =
            new AdaptiveJitterBuffer(Codecs.PCMU.create(), JitterSettings.TELEPHONE);
    private final TelephoneEventSender keys = new TelephoneEventSender(8_000);
    private final TelephoneEventReceiver heardKeys =
            new TelephoneEventReceiver(8_000, new TelephoneEventReceiver.Listener() {
                @Override
                public void keyDown(char key) {
                    keysDown++;
                }

                @Override
                public void keyUp(char key, int millis) {}
            });
    private final short[] pcm = new short[960];
    private final short[] wide = new short[2_000];
    private final byte[] datagram = new byte[172];
    private final Random random = new Random(1);
    private int keysDown;
    private int frames;

    private final ReorderWindow hearing = new ReorderWindow(2, 480, new ReorderWindow.Sink() {
        @Override
        public void frame(int payloadType, boolean marker, int timestamp, byte[] buf, int off, int len) {
            frames++;
            int samples = codec.decode(buf, off, len, pcm, 0);
            concealer.good(pcm, 0, samples);
            resampler.process(pcm, 0, samples, wide, 0);
        }

        @Override
        public void lost(int units) {
            concealer.lost(pcm, 0, Math.min(units, pcm.length));
        }
    });

    @Test
    void nothingIsAllocatedForAPacketOnEitherPath() {
        run(0);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(frames).isGreaterThan(PACKETS);
        assertThat(keysDown).isGreaterThan(100);
        // the measurement itself and the compiler's doings, but not one object a packet
        assertThat(allocated).isLessThan(PACKETS);
    }

    private void run(int from) {
        for (int i = from; i < from + PACKETS; i++) {
            long now = i * 20_000_000L;
            if (i % 200 == 0) {
                keys.send("5");
            }
            int n = random.nextInt(20) == 0 ? i - 1 : i;
            boolean key = keys.tick(i * 160);
            int timestamp = key ? keys.timestamp() : n * 160;
            RtpPacket.writeHeader(datagram, 0, key && keys.marker(), key ? 101 : 0, n & 0xFFFF, timestamp, 9);
            int length = RtpPacket.HEADER + (key ? keys.writePayload(datagram, RtpPacket.HEADER) : 160);
            if (random.nextInt(30) > 0
                    && packet.wrap(datagram, 0, length) == RtpPacket.Fault.NONE
                    && lock.onPacket(source, packet.ssrc(), packet.sequence(), now)
                            .usable()) {
                receive(key, now);
            }
            heardKeys.poll(now);
            hearing.poll(now);
            playing.pull(pcm, 0, now + 5_000_000);
        }
    }

    private void receive(boolean key, long now) {
        int units = key ? 0 : packet.payloadLength();
        statistics.onPacket(packet.ssrc(), packet.sequence(), packet.timestamp(), !key, now);
        hearing.put(
                packet.ssrc(),
                packet.sequence(),
                packet.timestamp(),
                packet.marker(),
                packet.payloadType(),
                packet.array(),
                packet.payloadOffset(),
                packet.payloadLength(),
                units,
                now);
        if (key) {
            heardKeys.onPacket(
                    packet.ssrc(),
                    packet.timestamp(),
                    packet.array(),
                    packet.payloadOffset(),
                    packet.payloadLength(),
                    now);
        } else {
            playing.put(
                    packet.ssrc(),
                    packet.sequence(),
                    packet.timestamp(),
                    packet.array(),
                    packet.payloadOffset(),
                    packet.payloadLength(),
                    units,
                    now);
        }
    }
}
