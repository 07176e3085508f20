package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.playout.InterruptionPolicy;
import dev.trunkline.media.rtp.RtpPacket;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls at once, each with a tone of its own in each direction: crossed, lost or doubled sound would show. */
@Timeout(60)
class ManyCallsTest {

    private static final int CALLS = 200;
    private static final int SECOND = 8_000;
    private static final int FRAME = 160;

    private static double toneOut(int call) {
        return 300 + 15 * call;
    }

    private static double toneIn(int call) {
        return 300 + 15 * (CALLS - 1 - call) + 7;
    }

    /** One call's far end; of the test's thread. */
    private static final class End {
        private final DatagramChannel channel;
        private final MediaSession session;
        private final short[] says;
        private final short[] hears = new short[SECOND];
        private volatile int heard;
        private final short[] sessionHears = new short[SECOND];
        private volatile int sessionHeard;

        End(MediaEngine engine, Selector selector, int call) throws IOException {
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            says = Tones.tone(toneIn(call), SECOND, 0);
            session = engine.open(event -> {});
            session.hear(this::keep);
            session.negotiate(RtpParameters.of((InetSocketAddress) channel.getLocalAddress(), AudioPayload.PCMU));
            session.playout().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
            session.playout().play(1, AudioChunk.ofPcm(Tones.tone(toneOut(call), SECOND, 0), SECOND));
            session.playout().finish(1);
        }

        private void keep(short[] samples, int length, long position, long arrival) {
            int part = (int) Math.min(length, SECOND - position);
            if (part > 0) {
                System.arraycopy(samples, 0, sessionHears, (int) position, part);
                sessionHeard = (int) position + part;
            }
        }

        void say(int frame, ByteBuffer buffer) throws IOException {
            RtpPacket.writeHeader(
                    buffer.array(),
                    0,
                    false,
                    0,
                    frame,
                    frame * FRAME,
                    session.localAddress().getPort());
            G711.linearToMulaw(says, frame * FRAME, FRAME, buffer.array(), RtpPacket.HEADER);
            channel.send(buffer.clear().limit(RtpPacket.HEADER + FRAME), session.localAddress());
        }

        void read(ByteBuffer buffer, RtpPacket packet) throws IOException {
            while (channel.receive(buffer.clear()) != null) {
                assertThat(packet.wrap(buffer.array(), 0, buffer.position())).isEqualTo(RtpPacket.Fault.NONE);
                int at = heard;
                G711.mulawToLinear(packet.array(), packet.payloadOffset(), packet.payloadLength(), hears, at % SECOND);
                boolean silent = true;
                for (int i = at; i < at + FRAME; i++) {
                    silent &= Math.abs(hears[i]) <= 8;
                }
                heard = silent ? at : at + FRAME;
                if (heard == SECOND) {
                    return;
                }
            }
        }
    }

    @Test
    void twoHundredCallsAtOnceAreNotCrossed() throws Exception {
        MediaSettings settings =
                MediaSettings.defaults().withPorts(25_000, 25_998).withShards(2);
        try (MediaEngine engine = MediaEngine.start(settings, new EnergyVad());
                Selector selector = Selector.open()) {
            List<End> ends = new ArrayList<>();
            try {
                for (int call = 0; call < CALLS; call++) {
                    ends.add(new End(engine, selector, call));
                }
                await().until(() ->
                        ends.stream().allMatch(end -> end.session.statistics().packetsSent() > 0));
                converse(selector, ends);
                await().until(() -> ends.stream().allMatch(end -> end.sessionHeard == SECOND));
                for (int call = 0; call < CALLS; call++) {
                    assertThat(Tones.share(ends.get(call).hears, toneOut(call)))
                            .as("what call %s hears", call)
                            .isGreaterThan(0.98);
                    assertThat(Tones.share(ends.get(call).sessionHears, toneIn(call)))
                            .as("what is heard of call %s", call)
                            .isGreaterThan(0.9);
                    assertThat(ends.get(call).session.statistics().packetsReceived())
                            .isEqualTo(50);
                }
                MediaStatistics statistics = engine.statistics();
                System.out.printf(
                        "%d calls: late share %.4f, lateness %s, rounds skipped %d, voice activity: %d windows in %d"
                                + " batches%n",
                        CALLS,
                        statistics.lateShare(),
                        statistics.lateness(),
                        statistics.roundsSkipped(),
                        statistics.vadWindows(),
                        statistics.vadBatches());
                assertThat(statistics.strangers()).isZero();
                assertThat(statistics.openSessions()).isEqualTo(CALLS);
            } finally {
                for (End end : ends) {
                    end.channel.close();
                }
            }
        }
    }

    private static void converse(Selector selector, List<End> ends) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2_048);
        RtpPacket packet = new RtpPacket();
        long start = System.nanoTime();
        int frame = 0;
        while (frame < 50 || ends.stream().anyMatch(end -> end.heard < SECOND)) {
            if (frame < 50 && System.nanoTime() >= start + frame * 20_000_000L) {
                for (End end : ends) {
                    end.say(frame, buffer);
                }
                frame++;
            }
            if (selector.selectNow() == 0) {
                LockSupport.parkNanos(500_000);
            }
            for (SelectionKey key : selector.selectedKeys()) {
                End end = (End) key.attachment();
                if (end.heard < SECOND) {
                    end.read(buffer, packet);
                } else {
                    end.channel.receive(buffer.clear());
                }
            }
            selector.selectedKeys().clear();
        }
    }
}
