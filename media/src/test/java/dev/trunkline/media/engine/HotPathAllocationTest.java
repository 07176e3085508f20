package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.Opus;
import dev.trunkline.media.playout.InterruptionPolicy;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HotPathAllocationTest {

    private static final int PACKETS = 4_000;
    private static final int BYTES_A_REPORT = 3_000;
    private static final int FRAMES = 150;

    static List<AudioPayload> codecs() {
        List<AudioPayload> codecs =
                new ArrayList<>(List.of(AudioPayload.PCMU, LinearCodec.payload(97, 48_000, 16_000), AudioPayload.G722));
        if (Opus.isAvailable()) {
            codecs.add(new AudioPayload(111, Codecs.OPUS));
        }
        return codecs;
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aPacketInAndAFrameOutAllocateNothing(AudioPayload codec) {
        warmUp(codec);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicLong heard = new AtomicLong();
        try (MediaEngine engine = MediaEngine.start(
                        MediaSettings.defaults().withPorts(24_000, 24_998).withShards(1), new EnergyVad());
                MediaSession session = engine.open(event -> {});
                TestPeer peer = new TestPeer(session.localAddress())) {
            session.negotiate(RtpParameters.of(peer.address(), codec));
            await().until(() -> !peer.received.isEmpty());
            session.hear((samples, length, position, arrival) -> heard.lazySet(heard.get() + length));
            session.bridge(session);
            session.playout().begin(1, InterruptionPolicy.DEFAULT);
            int rate = session.format().sampleRate();
            session.playout().play(1, AudioChunk.silence(50 * rate, rate));
            send(peer, session, codec, PACKETS);
            // the first report loads its classes
            await().until(() -> engine.statistics().reportsSent() == 1);

            long reportsBefore = engine.statistics().reportsSent();
            long thread = engine.threads().getFirst().threadId();
            long framesBefore = engine.statistics().framesPaced();
            long before = threads.getThreadAllocatedBytes(thread);
            send(peer, session, codec, PACKETS);
            await().until(() -> engine.statistics().framesPaced() >= framesBefore + FRAMES);
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            long reports = engine.statistics().reportsSent() - reportsBefore;
            long frames = engine.statistics().framesPaced() - framesBefore;

            assertThat(heard.get()).isGreaterThanOrEqualTo(2L * PACKETS * rate / 50);
            System.out.printf(
                    codec.codec().name()
                            + ", media thread: %d bytes allocated for %d packets in, %d frames out and %d reports%n",
                    allocated,
                    PACKETS,
                    frames,
                    reports);
            assertThat((double) (allocated - reports * BYTES_A_REPORT) / (PACKETS + frames))
                    .isLessThan(2);
        }
    }

    /** The way out is gone fifty times a second, far too seldom for the compiler; until then native calls allocate. */
    private static void warmUp(AudioPayload payload) {
        try (Codec codec = payload.codec().create()) {
            short[] frame = new short[payload.codec().sampleRate() / 50];
            byte[] packet = new byte[1_500];
            for (int i = 0; i < 15_000; i++) {
                int length = codec.encode(frame, 0, frame.length, packet, 0);
                codec.decode(packet, 0, length, frame, 0);
            }
        }
    }

    /** In bursts that the socket's buffer holds. */
    private static void send(TestPeer peer, MediaSession session, AudioPayload codec, int packets) {
        byte[] payload = new byte[1_000];
        int units = codec.codec().clockRate() / 50;
        int length =
                codec.codec().create().encode(new short[640], 0, codec.codec().sampleRate() / 50, payload, 0);
        byte[] silence = Arrays.copyOf(payload, length);
        long until = session.statistics().packetsReceived();
        for (int sent = 0; sent < packets; sent += 50) {
            for (int i = 0; i < 50; i++) {
                peer.send(codec.payloadType(), silence, peer.sequence++, peer.timestamp);
                peer.timestamp += units;
            }
            until += 50;
            long wanted = until;
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> session.statistics().packetsReceived() == wanted);
        }
    }
}
