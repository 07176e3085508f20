package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.engine.MediaEvent.DigitPressed;
import dev.trunkline.media.engine.TestPeer.Received;
import dev.trunkline.media.playout.InterruptionPolicy;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine with codecs of other rates and clocks than the telephone's. */
@Timeout(30)
class AnyCodecTest {

    private static final AudioPayload WIDE = LinearCodec.payload(96, 8_000, 16_000);
    private static final AudioPayload WIDE_BY_48 = LinearCodec.payload(97, 48_000, 16_000);
    private static final AudioPayload FULL = LinearCodec.payload(98, 48_000, 48_000);

    private MediaEngine engine;
    private final RecordingListener events = new RecordingListener();
    private final List<TestPeer> peers = new ArrayList<>();

    @BeforeEach
    void start() {
        engine = MediaEngine.start(
                MediaSettings.defaults().withPorts(25_000, 25_998).withShards(2), new EnergyVad());
    }

    @AfterEach
    void stop() {
        peers.forEach(TestPeer::close);
        engine.close();
    }

    private TestPeer peerOf(MediaSession session, AudioPayload send, int packetMillis, AudioPayload... receive) {
        TestPeer peer = new TestPeer(session.localAddress());
        peers.add(peer);
        negotiate(session, peer, send, packetMillis, receive);
        await().until(() -> !peer.received.isEmpty());
        return peer;
    }

    private static void negotiate(
            MediaSession session, TestPeer peer, AudioPayload send, int packetMillis, AudioPayload... receive) {
        session.negotiate(new RtpParameters(
                peer.address(),
                send,
                receive.length == 0 ? List.of(send) : List.of(receive),
                OptionalInt.empty(),
                List.of(),
                MediaDirection.SEND_RECEIVE,
                Duration.ofMillis(packetMillis)));
    }

    /** Keeps what a session hears. */
    private static final class Ear implements HearingSink {
        final List<short[]> frames = new CopyOnWriteArrayList<>();
        volatile long samples;
        volatile boolean gaps;

        @Override
        public void heard(short[] heard, int length, long position, long arrivalNanos) {
            gaps |= !frames.isEmpty() && position != samples;
            samples = position + length;
            frames.add(Arrays.copyOf(heard, length));
        }

        short[] all() {
            List<short[]> now = List.copyOf(frames);
            short[] all = new short[now.stream().mapToInt(f -> f.length).sum()];
            int at = 0;
            for (short[] frame : now) {
                System.arraycopy(frame, 0, all, at, frame.length);
                at += frame.length;
            }
            return all;
        }

        /** Without its edges. */
        short[] middle() {
            short[] all = all();
            return Arrays.copyOfRange(all, all.length / 4, all.length * 3 / 4);
        }
    }

    /** What a peer got, packets of silence left out. */
    private static short[] voiced(TestPeer peer, AudioPayload payload) {
        List<Received> packets = peer.received.stream()
                .filter(p -> p.payloadType() == payload.payloadType())
                .filter(p -> voiced(p.payload()))
                .toList();
        short[] out =
                new short[packets.stream().mapToInt(p -> p.payload().length / 2).sum()];
        int at = 0;
        for (Received packet : packets) {
            at += payload.codec().create().decode(packet.payload(), 0, packet.payload().length, out, at);
        }
        return out;
    }

    private static boolean voiced(byte[] linear) {
        for (byte b : linear) {
            if (b != 0) {
                return true;
            }
        }
        return false;
    }

    /** Says a tone in packets of that length, in one burst. */
    private static void say(TestPeer peer, AudioPayload payload, double hertz, int packets, int millis) {
        int rate = payload.codec().sampleRate();
        int samples = rate / 1_000 * millis;
        for (int i = 0; i < packets; i++) {
            short[] tone = Tones.tone(hertz, samples, (long) i * samples, rate);
            peer.send(payload.payloadType(), LinearCodec.bytes(tone), peer.sequence++, peer.timestamp);
            peer.timestamp += payload.codec().clockRate() / 1_000 * millis;
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "48000,16000", "48000,48000", "16000,16000"})
    void aCallOfAWidebandCodecIsHeardAndSpokenInWideband(int clock, int rate) {
        AudioPayload payload = LinearCodec.payload(100, clock, rate);
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, payload, 20);
        assertThat(session.format()).isEqualTo(AudioFormat.PCM_16K);
        Ear ear = new Ear();
        session.hear(ear);

        say(peer, payload, 6_000, 25, 20);
        session.playout().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        session.playout().play(1, AudioChunk.ofPcm(Tones.tone(5_000, 8_000, 0, 16_000), 16_000));
        session.playout().finish(1);

        await().until(() -> ear.samples >= 24 * 320 && events.has(MediaEvent.PlaybackFinished.class));
        assertThat(Tones.share(Arrays.copyOfRange(ear.all(), 800, 7_000), 6_000, 16_000))
                .isGreaterThan(0.95);
        assertThat(ear.gaps).isFalse();
        await().until(() -> voiced(peer, payload).length >= rate / 2);
        short[] got = voiced(peer, payload);
        assertThat(Tones.share(Arrays.copyOfRange(got, rate / 10, rate / 2 - rate / 20), 5_000, rate))
                .isGreaterThan(0.95);
        assertThat(session.playout().position().samplesPlayed()).isEqualTo(8_000);
        for (int i = 1; i < peer.received.size(); i++) {
            int step =
                    peer.received.get(i).timestamp() - peer.received.get(i - 1).timestamp();
            assertThat(step % (clock / 50)).isZero();
            assertThat(peer.received.get(i).marker()).isEqualTo(step != clock / 50);
        }
    }

    @Test
    void soundOfTheWrongRateIsRefusedWithAnError() {
        MediaSession session = engine.open(events);
        peerOf(session, WIDE, 20);
        session.playout().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);

        assertThatThrownBy(() -> session.playout().play(1, AudioChunk.silence(160, 8_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16000");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 40, 60})
    void packetsOfAnyLengthAreSentWholeAndInTime(int millis) {
        for (AudioPayload payload : List.of(AudioPayload.PCMU, WIDE, WIDE_BY_48)) {
            TestPeer peer = peerOf(engine.open(events), payload, millis);
            await().until(() -> peer.received.size() >= 1_200 / millis);

            int units = payload.codec().clockRate() / 1_000 * millis;
            int bytes = payload == AudioPayload.PCMU ? units : 32 * millis;
            List<Received> received = List.copyOf(peer.received);
            assertThat(received).allSatisfy(p -> assertThat(p.payload()).hasSize(bytes));
            for (int i = 1; i < received.size(); i++) {
                if (!received.get(i).marker()) {
                    assertThat(received.get(i).timestamp() - received.get(i - 1).timestamp())
                            .isEqualTo(units);
                }
            }
            // stalls of the machine apart
            assertThat(received.stream().filter(Received::marker).count()).isLessThan(10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 60})
    void packetsOfAnyLengthAreHeardWhole(int millis) {
        for (AudioPayload payload : List.of(WIDE, WIDE_BY_48)) {
            MediaSession session = engine.open(events);
            TestPeer peer = peerOf(session, payload, 20);
            Ear ear = new Ear();
            session.hear(ear);
            await().until(() -> session.statistics().packetsSent() > 2);

            say(peer, payload, 700, 600 / millis, millis);

            await().until(() -> ear.samples >= 9_600);
            assertThat(Tones.share(Arrays.copyOf(ear.all(), 9_600), 700, 16_000))
                    .isGreaterThan(0.99);
        }
    }

    @Test
    void lossInWidebandIsConcealedByTheClockOfTheCodec() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, WIDE_BY_48, 20);
        Ear ear = new Ear();
        session.hear(ear);

        say(peer, WIDE_BY_48, 500, 20, 20);
        peer.sequence++;
        peer.timestamp += 960;
        say(peer, WIDE_BY_48, 500, 20, 20);

        await().until(() -> ear.samples >= 41 * 320);
        assertThat(session.statistics().concealedFrames()).isEqualTo(1);
        assertThat(Tones.share(ear.frames.get(20), 500, 16_000)).isGreaterThan(0.8);
    }

    @Test
    void jitterIsReckonedInTheClockOfTheCodec() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, WIDE_BY_48, 20);

        for (int i = 0; i < 30; i++) {
            say(peer, WIDE_BY_48, 500, 1, 20);
        }
        await().until(() -> session.statistics().packetsReceived() == 30);

        // thirty packets at once: each is 20 ms too early, and the estimate nears that by a sixteenth each
        assertThat(session.statistics().jitterMillis()).isCloseTo(17, within(3.0));
    }

    @Test
    void aPeerMayChangeBetweenTheAgreedCodecsAtAnyTime() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, WIDE, 20, WIDE, AudioPayload.PCMU, WIDE_BY_48, FULL);
        Ear ear = new Ear();
        session.hear(ear);

        say(peer, WIDE, 700, 20, 20);
        for (int i = 0; i < 20; i++) {
            peer.say(Tones.tone(700, 160, i * 160L));
        }
        say(peer, WIDE_BY_48, 700, 20, 20);
        say(peer, FULL, 700, 20, 20);

        await().until(() -> ear.samples >= 80 * 320 - 200);
        short[] all = ear.all();
        for (int part = 0; part < 4; part++) {
            short[] middle = Arrays.copyOfRange(all, part * 6_400 + 1_600, part * 6_400 + 6_000);
            assertThat(Tones.share(middle, 700, 16_000)).isGreaterThan(0.95);
        }
    }

    @Test
    void theFormatStaysWhenTheCodecChangesInMidCall() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, AudioPayload.PCMU, 20);
        Ear ear = new Ear();
        assertThat(session.format()).isEqualTo(AudioFormat.PCM_8K);
        session.hear(ear);
        session.playout().begin(1, InterruptionPolicy.UNINTERRUPTIBLE);
        session.playout().play(1, AudioChunk.ofPcm(Tones.tone(900, 16_000, 0), 8_000));
        session.playout().finish(1);
        await().until(() -> !peer.received.getLast().isSilence());

        negotiate(session, peer, WIDE_BY_48, 20);
        await().until(() -> peer.received.getLast().payloadType() == 97);
        say(peer, WIDE_BY_48, 700, 50, 20);

        await().until(() -> ear.samples >= 50 * 160);
        await().until(() -> events.has(MediaEvent.PlaybackFinished.class));
        assertThat(session.format()).isEqualTo(AudioFormat.PCM_8K);
        assertThat(Tones.share(Arrays.copyOfRange(ear.all(), 800, 7_600), 700)).isGreaterThan(0.95);
        short[] got = voiced(peer, WIDE_BY_48);
        assertThat(Tones.share(Arrays.copyOfRange(got, 1_600, got.length - 1_600), 900, 16_000))
                .isGreaterThan(0.95);
        assertThat(got.length + 2 * voicedBytes(peer, 0)).isCloseTo(32_000, within(1_000));
    }

    private static int voicedBytes(TestPeer peer, int payloadType) {
        return peer.received.stream()
                .filter(p -> p.payloadType() == payloadType && !p.isSilence())
                .mapToInt(p -> p.payload().length)
                .sum();
    }

    @Test
    void beforeAnybodyCountsOnItTheFormatFollowsTheCodec() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, AudioPayload.PCMU, 20);
        peer.sayAtOnce(Tones.tone(700, 8_000, 0));
        await().until(() -> session.statistics().packetsReceived() == 50);

        negotiate(session, peer, WIDE, 20);
        assertThat(session.format()).isEqualTo(AudioFormat.PCM_16K);
        Ear ear = new Ear();
        session.hear(ear);
        say(peer, WIDE, 6_000, 25, 20);

        await().until(() -> ear.frames.size() >= 25);
        assertThat(Tones.share(ear.middle(), 6_000, 16_000)).isGreaterThan(0.95);
    }

    @Test
    void whenTheClockChangesTheTimestampGoesOnFromWhereItIs() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, AudioPayload.PCMU, 20);
        await().until(() -> peer.received.size() > 5);

        negotiate(session, peer, WIDE_BY_48, 20);
        await().until(() -> peer.received.getLast().payloadType() == 97);

        List<Received> received = List.copyOf(peer.received);
        int change = 0;
        while (received.get(change).payloadType() != 97) {
            change++;
        }
        assertThat(received.get(change).marker()).isTrue();
        assertThat(received.get(change).timestamp() - received.get(change - 1).timestamp())
                .isBetween(160, 160 * 50);
        assertThat(received.get(change).sequence())
                .isEqualTo((received.get(change - 1).sequence() + 1) & 0xFFFF);
    }

    @Test
    void keysCountInTheClockOfTheCodecBesideThem() {
        MediaSession one = engine.open(event -> {});
        MediaSession other = engine.open(events);
        one.negotiate(RtpParameters.of(other.localAddress(), WIDE_BY_48));
        other.negotiate(RtpParameters.of(one.localAddress(), WIDE_BY_48));

        one.sendDigits("4#");

        await().until(() -> events.all(DigitPressed.class).size() == 2);
        assertThat(events.all(DigitPressed.class).stream().map(DigitPressed::digit))
                .containsExactly('4', '#');
        assertThat(events.all(DigitPressed.class)).allMatch(d -> d.durationMs() >= 80 && d.durationMs() <= 160);
    }

    @Test
    void bridgedLegsOfDifferentCodecsHearEachOther() {
        MediaSession one = engine.open(events);
        MediaSession other = engine.open(events);
        TestPeer wide = peerOf(one, WIDE_BY_48, 20);
        TestPeer narrow = peerOf(other, AudioPayload.PCMU, 20);
        one.bridge(other);

        Thread talking = Thread.ofPlatform().start(() -> narrow.sayInRealTime(Tones.tone(600, 8_000, 0)));
        Pace pace = new Pace();
        for (int i = 0; i < 50; i++) {
            short[] tone = Tones.tone(1_500, 320, i * 320L, 16_000);
            wide.send(97, LinearCodec.bytes(tone), wide.sequence++, wide.timestamp);
            wide.timestamp += 960;
            pace.next();
        }

        await().until(() -> voiced(wide, WIDE_BY_48).length >= 14_000 && narrow.voiced().length >= 7_000);
        await().until(() -> !talking.isAlive());
        assertThat(Tones.share(Arrays.copyOfRange(voiced(wide, WIDE_BY_48), 640, 12_800), 600, 16_000))
                .isGreaterThan(0.9);
        assertThat(Tones.share(Arrays.copyOfRange(narrow.voiced(), 320, 6_400), 1_500))
                .isGreaterThan(0.9);
    }

    @Test
    void wideLegsHearEachOtherInWideband() {
        MediaSession one = engine.open(events);
        MediaSession other = engine.open(events);
        TestPeer speaker = peerOf(one, WIDE, 20);
        TestPeer listener = peerOf(other, FULL, 20);
        one.bridge(other);

        Pace pace = new Pace();
        for (int i = 0; i < 50; i++) {
            short[] tone = Tones.tone(6_500, 320, i * 320L, 16_000);
            speaker.send(96, LinearCodec.bytes(tone), speaker.sequence++, speaker.timestamp);
            speaker.timestamp += 160;
            pace.next();
        }

        await().until(() -> voiced(listener, FULL).length >= 40_000);
        assertThat(Tones.share(Arrays.copyOfRange(voiced(listener, FULL), 2_000, 38_000), 6_500, 48_000))
                .isGreaterThan(0.8);
    }

    @Test
    void aPayloadThatIsNoneOfItsCodecIsCountedAndTheCallGoesOn() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, WIDE, 20);
        Ear ear = new Ear();
        session.hear(ear);

        say(peer, WIDE, 700, 5, 20);
        peer.send(96, new byte[3], peer.sequence++, peer.timestamp);
        peer.timestamp += 160;
        say(peer, WIDE, 700, 5, 20);

        await().until(() -> ear.samples >= 10 * 320);
        assertThat(session.statistics().malformed()).isEqualTo(1);
        assertThat(engine.statistics().sessionErrors()).isZero();
    }

    @Test
    void speechInWidebandIsNoticed() {
        MediaSession session = engine.open(events);
        TestPeer peer = peerOf(session, WIDE_BY_48, 20);

        say(peer, WIDE_BY_48, 500, 50, 20);

        await().until(() -> events.has(MediaEvent.SpeechStarted.class));
        assertThat(events.only(MediaEvent.SpeechStarted.class).streamMillis()).isLessThan(200);
    }

    /** 20 ms each. */
    private static final class Pace {
        private long due = System.nanoTime();

        void next() {
            due += 20_000_000;
            while (System.nanoTime() < due) {
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }
}
