package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.codec.Opus;
import dev.trunkline.media.vad.EnergyVad;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What codecs take is given back, however a call goes on and ends; and what they know is kept as long as it holds. */
@Timeout(30)
class CodecLifeTest {

    private final List<Counted> made = new CopyOnWriteArrayList<>();
    private final CodecType counted = new CodecType("COUNTED", 96, 8_000, 8_000, type -> {
        Counted codec = new Counted(type);
        made.add(codec);
        return codec;
    });
    private MediaEngine engine;

    /** Mu-law that notes what is done with it. */
    private static final class Counted implements Codec {
        private final Codec mulaw;
        private final int type;
        private volatile boolean used;
        private volatile boolean breaks;
        private volatile int closed;
        private volatile int resets;
        private volatile int decoded;

        Counted(int type) {
            this.type = type;
            mulaw = Codecs.PCMU.create(type);
        }

        @Override
        public String name() {
            return "COUNTED";
        }

        @Override
        public int payloadType() {
            return type;
        }

        @Override
        public int clockRate() {
            return 8_000;
        }

        @Override
        public int sampleRate() {
            return 8_000;
        }

        @Override
        public int clockUnits(byte[] src, int off, int len) {
            return len;
        }

        @Override
        public int decode(byte[] src, int off, int len, short[] out, int outOff) {
            used = true;
            decoded++;
            if (breaks) {
                throw new IllegalStateException("broken");
            }
            return mulaw.decode(src, off, len, out, outOff);
        }

        @Override
        public int encode(short[] pcm, int off, int samples, byte[] out, int outOff) {
            used = true;
            return mulaw.encode(pcm, off, samples, out, outOff);
        }

        @Override
        public void reset() {
            resets++;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @BeforeEach
    void start() {
        engine = MediaEngine.start(
                MediaSettings.defaults().withPorts(27_000, 27_998).withShards(2), new EnergyVad());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private boolean allGivenBack() {
        return made.stream().anyMatch(codec -> codec.used)
                && made.stream().allMatch(codec -> !codec.used || codec.closed > 0);
    }

    private TestPeer talking(MediaSession session) {
        TestPeer peer = new TestPeer(session.localAddress());
        session.negotiate(RtpParameters.of(peer.address(), new AudioPayload(96, counted)));
        await().until(() -> !peer.received.isEmpty());
        say(peer, 5);
        await().until(() -> session.statistics().packetsReceived() >= 5);
        return peer;
    }

    private static void say(TestPeer peer, int packets) {
        for (int i = 0; i < packets; i++) {
            peer.send(96, new byte[160], peer.sequence++, peer.timestamp);
            peer.timestamp += 160;
        }
    }

    @Test
    void whenTheCallEndsItsCodecsAreGivenBack() {
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = talking(session)) {
            session.close();
            await().until(this::allGivenBack);
            assertThat(peer.received).isNotEmpty();
        }
    }

    @Test
    void whenTheEngineEndsTheCodecsOfAllCallsAreGivenBack() {
        MediaSession one = engine.open(event -> {});
        MediaSession other = engine.open(event -> {});
        try (TestPeer first = talking(one);
                TestPeer second = talking(other)) {
            one.bridge(other);
            say(first, 5);
            say(second, 5);
            await().until(() -> made.stream().filter(codec -> codec.used).count() >= 6);
            engine.close();
        }

        assertThat(allGivenBack()).isTrue();
    }

    @Test
    void whenADecoderFailsTheSessionsCodecsAreGivenBack() {
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = talking(session)) {
            made.forEach(codec -> codec.breaks = true);
            say(peer, 1);
            await().until(() -> engine.statistics().sessionErrors() == 1);
            await().until(this::allGivenBack);
        }
    }

    @Test
    void aNegotiationThatChangesNothingKeepsDecoderAndEncoder() {
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = talking(session)) {
            List<Counted> before = made.stream().filter(codec -> codec.used).toList();
            RtpParameters same = RtpParameters.of(peer.address(), new AudioPayload(96, counted));
            session.negotiate(same.withDirection(MediaDirection.RECEIVE_ONLY));
            session.negotiate(same);
            say(peer, 5);
            await().until(() -> session.statistics().packetsReceived() == 10);
            int sent = peer.received.size();
            await().until(() -> peer.received.size() > sent + 2);

            assertThat(before).hasSize(2).allMatch(codec -> codec.closed == 0);
            assertThat(made.stream().filter(codec -> codec.used)).containsExactlyElementsOf(before);
        }
    }

    @Test
    void aCodecThatIsNegotiatedAwayIsGivenBack() {
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = talking(session)) {
            session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMU));
            await().until(this::allGivenBack);
            await().until(() -> peer.received.getLast().payloadType() == 0);
        }
    }

    @Test
    void aBridgeThatEndsGivesItsDecoderBack() {
        MediaSession one = engine.open(event -> {});
        MediaSession other = engine.open(event -> {});
        try (TestPeer first = talking(one);
                TestPeer second = talking(other)) {
            one.bridge(other);
            say(first, 20);
            // two each, and that of the bridge
            await().until(() -> made.stream().filter(codec -> codec.used).count() == 5);
            one.unbridge();
            await().until(() -> made.stream()
                            .filter(codec -> codec.used && codec.closed > 0)
                            .count()
                    == 1);
            assertThat(second.received).isNotEmpty();
        }
    }

    @Test
    void anotherSourceMakesTheDecoderStartAfresh() {
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = talking(session)) {
            Counted decoder =
                    made.stream().filter(codec -> codec.decoded > 0).findFirst().orElseThrow();
            int before = decoder.resets;
            peer.ssrc = 0x9999;
            peer.sequence = 7;
            say(peer, 10);

            await().until(() -> decoder.resets > before);
        }
    }

    @Test
    void aLostPacketOfOpusIsMadeUpByOpusFromTheOneAfterIt() {
        assumeTrue(Opus.isAvailable(), "no libopus");
        AudioPayload opus = new AudioPayload(111, Codecs.OPUS);
        MediaSession session = engine.open(event -> {});
        try (TestPeer peer = new TestPeer(session.localAddress());
                Codec codec = Codecs.OPUS.create(111, "useinbandfec=1")) {
            session.negotiate(RtpParameters.of(peer.address(), opus));
            await().until(() -> !peer.received.isEmpty());
            List<short[]> frames = new CopyOnWriteArrayList<>();
            session.hear((samples, length, position, arrival) -> frames.add(Arrays.copyOf(samples, length)));
            byte[] packet = new byte[1_275];
            for (int i = 0; i < 30; i++) {
                short[] tone = Tones.tone(400, 320, i * 320L, 16_000);
                int length = codec.encode(tone, 0, 320, packet, 0);
                if (i != 20) {
                    peer.send(111, Arrays.copyOf(packet, length), peer.sequence, peer.timestamp);
                }
                peer.sequence++;
                peer.timestamp += 960;
            }

            await().until(() -> frames.size() >= 30);
            assertThat(session.statistics().concealedFrames()).isEqualTo(1);
            assertThat(frames.get(20)).hasSize(320);
            assertThat(Tones.share(frames.get(20), 400, 16_000)).isGreaterThan(0.9);
        }
    }
}
