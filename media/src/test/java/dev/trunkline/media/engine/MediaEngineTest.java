package dev.trunkline.media.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.trunkline.media.engine.MediaEvent.DigitPressed;
import dev.trunkline.media.engine.MediaEvent.FirstPacket;
import dev.trunkline.media.engine.MediaEvent.MediaTimedOut;
import dev.trunkline.media.engine.MediaEvent.PlaybackFinished;
import dev.trunkline.media.engine.MediaEvent.PlaybackStarted;
import dev.trunkline.media.engine.MediaEvent.SourceChanged;
import dev.trunkline.media.engine.TestPeer.Received;
import dev.trunkline.media.playout.InterruptionPolicy;
import dev.trunkline.media.playout.PlaybackPosition;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.sound.AudioChunk;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
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

@Timeout(30)
class MediaEngineTest {

    private static final MediaSettings SETTINGS =
            MediaSettings.defaults().withPorts(21_000, 21_998).withShards(2);

    private MediaEngine engine;
    private final RecordingListener events = new RecordingListener();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() {
        engine = MediaEngine.start(SETTINGS, new EnergyVad());
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        engine.close();
    }

    private MediaSession session() {
        return engine.open(events);
    }

    private TestPeer peerOf(MediaSession session) {
        TestPeer peer = new TestPeer(session.localAddress());
        open.add(peer);
        return peer;
    }

    private TestPeer connected(MediaSession session) {
        TestPeer peer = peerOf(session);
        session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMU));
        // what came before the session knows would be refused
        awaitPackets(peer, 1);
        return peer;
    }

    private static void awaitPackets(TestPeer peer, int count) {
        await().until(() -> peer.received.size() >= count);
    }

    @Test
    void anIdleSessionSendsSilenceOnADriftFreeClock() {
        TestPeer peer = connected(session());

        awaitPackets(peer, 50);

        List<Received> received = List.copyOf(peer.received);
        assertThat(received).allMatch(Received::isSilence);
        for (int i = 1; i < received.size(); i++) {
            assertThat(received.get(i).sequence())
                    .isEqualTo((received.get(i - 1).sequence() + 1) & 0xFFFF);
            int step = received.get(i).timestamp() - received.get(i - 1).timestamp();
            assertThat(step % 160).isZero();
            // after a stall of the machine rounds are left out, and the next packet says so
            assertThat(received.get(i).marker()).isEqualTo(step != 160);
        }
        assertThat(received.getFirst().marker()).isTrue();
        long sound = (received.getLast().timestamp() - received.getFirst().timestamp()) / 8;
        long clock = (received.getLast().nanoTime() - received.getFirst().nanoTime()) / 1_000_000;
        // generous: the wheel's exactness is proven in virtual time, and a busy machine delivers late
        assertThat(sound).isCloseTo(clock, within(400L));
    }

    @Test
    void alawSilenceIsSentWhereAlawWasAgreedOn() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMA));

        awaitPackets(peer, 3);

        assertThat(peer.received).allSatisfy(packet -> {
            assertThat(packet.payloadType()).isEqualTo(8);
            assertThat(packet.payload()).containsOnly(0xD5);
        });
    }

    @Test
    void whatIsPlayedArrivesWholeAndIsReported() {
        MediaSession session = session();
        TestPeer peer = connected(session);

        assertThat(session.playout().begin(1, InterruptionPolicy.DEFAULT)).isTrue();
        assertThat(session.playout().play(1, AudioChunk.ofPcm(Tones.tone(440, 1_600, 0), 8_000)))
                .isTrue();
        session.playout().finish(1);

        await().until(() -> events.has(PlaybackFinished.class));
        assertThat(events.only(PlaybackStarted.class).generation()).isEqualTo(1);
        assertThat(events.only(PlaybackFinished.class).position()).isEqualTo(new PlaybackPosition(1, 1_600, false));
        await().until(() -> peer.received.stream().filter(p -> !p.isSilence()).count() == 10);
        short[] heard = new short[1_600];
        int at = 0;
        for (Received packet : peer.received) {
            if (!packet.isSilence()) {
                System.arraycopy(packet.linear(), 0, heard, at, 160);
                at += 160;
            }
        }
        assertThat(Tones.share(heard, 440)).isGreaterThan(0.99);
    }

    @Test
    void whatThePeerSaysIsHeardInOrderAndWithoutGaps() {
        MediaSession session = session();
        List<Long> positions = new CopyOnWriteArrayList<>();
        List<short[]> frames = new CopyOnWriteArrayList<>();
        session.hear((samples, length, position, arrival) -> {
            positions.add(position);
            frames.add(Arrays.copyOf(samples, length));
        });
        TestPeer peer = connected(session);

        for (int i = 0; i < 5; i++) {
            peer.say(Tones.tone(500, 160, i * 160L));
        }

        await().until(() -> frames.size() >= 5);
        assertThat(positions.subList(0, 5)).containsExactly(0L, 160L, 320L, 480L, 640L);
        assertThat(Tones.share(frames.get(2), 500)).isGreaterThan(0.95);
        assertThat(events.only(FirstPacket.class).source()).isEqualTo(peer.address());
    }

    @Test
    void aStrangersPacketsNeverReachTheCallBeforeOrAfterTheLock() {
        MediaSession session = session();
        List<short[]> frames = new CopyOnWriteArrayList<>();
        session.hear((samples, length, position, arrival) -> frames.add(Arrays.copyOf(samples, length)));
        TestPeer peer = connected(session);
        TestPeer stranger = peerOf(session);
        stranger.ssrc = 0x666;

        stranger.say(Tones.tone(1_700, 160, 0));
        await().until(() -> session.statistics().strangers() == 1);
        for (int i = 0; i < 10; i++) {
            peer.say(Tones.tone(500, 160, i * 160L));
        }
        await().until(() -> session.statistics().packetsReceived() == 10);
        for (int i = 0; i < 10; i++) {
            stranger.say(Tones.tone(1_700, 160, i * 160L));
        }
        await().until(() -> session.statistics().strangers() == 11);

        assertThat(session.statistics().packetsReceived()).isEqualTo(10);
        assertThat(frames)
                .allSatisfy(frame -> assertThat(Tones.share(frame, 1_700)).isLessThan(0.01));
        assertThat(stranger.received).isEmpty();
        assertThat(session.statistics().remoteSsrc()).isEqualTo(0x1234);
    }

    @Test
    void thePeerIsFollowedToTheAddressThatItReallySendsFrom() {
        MediaSession session = session();
        TestPeer real = peerOf(session);
        session.negotiate(RtpParameters.of(new InetSocketAddress("127.0.0.1", 9), AudioPayload.PCMU));
        await().until(() -> session.statistics().packetsSent() > 0);

        for (int i = 0; i < 5; i++) {
            real.sayNothing();
        }

        awaitPackets(real, 5);
        assertThat(events.only(FirstPacket.class).source()).isEqualTo(real.address());
        assertThat(real.received)
                .allMatch(p -> p.sourcePort() == session.localAddress().getPort());
    }

    @Test
    void anUnknownPeerIsSentNothingUntilItIsHeard() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        session.negotiate(RtpParameters.of(null, AudioPayload.PCMU));

        await().until(() -> {
            peer.sayNothing();
            return peer.received.size() >= 3;
        });
    }

    @Test
    void aNewSsrcFromTheSameAddressGoesOnAsTheSameCall() {
        MediaSession session = session();
        List<Long> positions = new CopyOnWriteArrayList<>();
        session.hear((samples, length, position, arrival) -> positions.add(position));
        TestPeer peer = connected(session);
        peer.sayNothing();
        peer.sayNothing();
        await().until(() -> session.statistics().packetsReceived() == 2);

        peer.ssrc = 0x9999;
        peer.sequence = 60_000;
        peer.timestamp = 7;
        peer.sayNothing();
        peer.sayNothing();

        await().until(() -> session.statistics().packetsReceived() == 4);
        assertThat(events.only(SourceChanged.class).ssrc()).isEqualTo(0x9999);
        await().until(() -> positions.size() >= 4);
        assertThat(positions.subList(0, 4)).containsExactly(0L, 160L, 320L, 480L);
        assertThat(session.statistics().lost()).isZero();
    }

    @Test
    void theSequenceNumberWrapsWithoutLoss() {
        MediaSession session = session();
        TestPeer peer = connected(session);
        peer.sequence = 65_533;
        peer.timestamp = -480;

        for (int i = 0; i < 8; i++) {
            peer.sayNothing();
        }

        await().until(() -> session.statistics().packetsReceived() == 8);
        assertThat(session.statistics().lost()).isZero();
    }

    @Test
    void aLostPacketIsConcealedAndCounted() {
        MediaSession session = session();
        List<Long> positions = new CopyOnWriteArrayList<>();
        session.hear((samples, length, position, arrival) -> positions.add(position + length));
        TestPeer peer = connected(session);

        for (int i = 0; i < 10; i++) {
            if (i == 4) {
                peer.sequence++;
                peer.timestamp += 160;
            }
            peer.say(Tones.tone(300, 160, i * 160L));
        }

        await().until(() -> positions.size() >= 11);
        assertThat(positions.get(10)).isEqualTo(11 * 160);
        assertThat(session.statistics().lost()).isEqualTo(1);
        assertThat(session.statistics().concealedFrames()).isPositive();
    }

    @Test
    void garbageIsCountedAndHurtsNobody() {
        MediaSession session = session();
        TestPeer peer = connected(session);

        peer.raw(new byte[0]);
        peer.raw(new byte[] {1, 2, 3});
        peer.raw(new byte[1_500]);
        peer.send(77, new byte[160], 1, 1);

        await().until(() -> session.statistics().malformed() == 4);
        peer.sayNothing();
        await().until(() -> session.statistics().packetsReceived() == 1);
        assertThat(engine.statistics().sessionErrors()).isZero();
    }

    @Test
    void silenceOfTheNetworkIsAMediaTimeOutOnceUntilPacketsComeAgain() {
        engine.close();
        engine = MediaEngine.start(SETTINGS.withMediaTimeout(Duration.ofMillis(200)), new EnergyVad());
        MediaSession session = session();
        TestPeer peer = connected(session);
        peer.sayNothing();

        await().until(() -> events.has(MediaTimedOut.class));
        awaitPackets(peer, 30);
        assertThat(events.all(MediaTimedOut.class)).hasSize(1);
        peer.sayNothing();
        await().until(() -> events.all(MediaTimedOut.class).size() == 2);
    }

    @Test
    void onHoldSilenceIsNoMediaTimeOutUntilTheCallIsTakenBack() {
        engine.close();
        engine = MediaEngine.start(SETTINGS.withMediaTimeout(Duration.ofMillis(100)), new EnergyVad());
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        RtpParameters agreed = RtpParameters.of(peer.address(), AudioPayload.PCMU);
        for (MediaDirection held : List.of(MediaDirection.RECEIVE_ONLY, MediaDirection.INACTIVE)) {
            session.negotiate(agreed.withDirection(held));
            await().during(Duration.ofMillis(250)).until(() -> !events.has(MediaTimedOut.class));
        }
        session.negotiate(agreed);
        await().until(() -> events.has(MediaTimedOut.class));
    }

    @Test
    void onHoldNothingIsSentAndTheClockGoesOn() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        RtpParameters agreed = RtpParameters.of(peer.address(), AudioPayload.PCMU);
        session.negotiate(agreed);
        awaitPackets(peer, 3);

        session.negotiate(agreed.withDirection(MediaDirection.INACTIVE));
        long rounds = engine.statistics().framesPaced();
        await().during(Duration.ofMillis(100)).until(() -> engine.statistics().framesPaced() - rounds <= 1);
        int before = peer.received.size();
        session.negotiate(agreed);

        awaitPackets(peer, before + 2);
        Received last = peer.received.get(before - 1);
        Received next = peer.received.get(before);
        assertThat(next.marker()).isTrue();
        assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
        assertThat(next.timestamp() - last.timestamp()).isGreaterThanOrEqualTo(5 * 160);
    }

    @Test
    void theCodecChangesInTheCall() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMU));
        awaitPackets(peer, 2);

        session.negotiate(RtpParameters.of(peer.address(), AudioPayload.PCMA));

        await().until(() -> peer.received.getLast().payloadType() == 8);
        assertThat(peer.received.getLast().isSilence()).isTrue();
        assertThat(peer.received.getLast().ssrc())
                .isEqualTo(peer.received.getFirst().ssrc());
    }

    @Test
    void packetsOfFortyMillisecondsHoldTwoFrames() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        RtpParameters of = RtpParameters.of(peer.address(), AudioPayload.PCMU);
        session.negotiate(new RtpParameters(
                of.remote(),
                of.send(),
                of.receive(),
                of.sendDigits(),
                of.receiveDigits(),
                of.direction(),
                Duration.ofMillis(40)));

        awaitPackets(peer, 5);

        assertThat(peer.received).allMatch(p -> p.payload().length == 320);
        assertThat(peer.received.get(1).timestamp() - peer.received.get(0).timestamp())
                .isEqualTo(320);
    }

    @Test
    void keysThatAreSentArriveAsKeys() {
        MediaSession one = session();
        RecordingListener otherEvents = new RecordingListener();
        MediaSession other = engine.open(otherEvents);
        one.negotiate(RtpParameters.of(other.localAddress(), AudioPayload.PCMU));
        other.negotiate(RtpParameters.of(one.localAddress(), AudioPayload.PCMU));

        one.sendDigits("4#");

        await().until(() -> otherEvents.all(DigitPressed.class).size() == 2);
        assertThat(otherEvents.all(DigitPressed.class).stream().map(DigitPressed::digit))
                .containsExactly('4', '#');
        assertThat(otherEvents.all(DigitPressed.class)).allMatch(d -> d.durationMs() >= 80 && d.durationMs() <= 160);
        assertThatThrownBy(() -> one.sendDigits("4x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digitsForAPeerThatTakesNoneAreCounted() {
        MediaSession session = session();
        TestPeer peer = peerOf(session);
        RtpParameters of = RtpParameters.of(peer.address(), AudioPayload.PCMU);
        session.negotiate(new RtpParameters(
                of.remote(),
                of.send(),
                of.receive(),
                OptionalInt.empty(),
                of.receiveDigits(),
                of.direction(),
                of.packetTime()));

        session.sendDigits("12");

        await().until(() -> session.statistics().digitsDropped() == 2);
    }

    /** An even port that is free, and the next even one too. */
    private static int freePair() throws Exception {
        for (int port = 22_000; port < 30_000; port += 4) {
            try (DatagramSocket one =
                            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    DatagramSocket two =
                            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 2))) {
                assertThat(one.isBound() && two.isBound()).isTrue();
                return port;
            } catch (BindException taken) {
                continue;
            }
        }
        throw new AssertionError("no free ports");
    }

    @Test
    void whenEveryPortIsTakenOpeningSaysSoUntilOneIsFreed() throws Exception {
        engine.close();
        int port = freePair();
        engine = MediaEngine.start(SETTINGS.withPorts(port - 1, port + 3), new EnergyVad());
        MediaSession first = session();
        MediaSession second = session();
        assertThat(List.of(first.localAddress().getPort(), second.localAddress().getPort()))
                .containsExactlyInAnyOrder(port, port + 2);

        assertThatThrownBy(this::session)
                .isInstanceOf(NoFreePortException.class)
                .hasMessageContaining((port - 1) + "-" + (port + 3));

        second.close();
        await().ignoreExceptions().until(() -> session().localAddress().equals(second.localAddress()));
    }

    @Test
    void aPortThatSomebodyElseHasIsSkipped() throws Exception {
        engine.close();
        int port = freePair();
        try (DatagramSocket foreign =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            engine = MediaEngine.start(SETTINGS.withPorts(port, port + 3), new EnergyVad());

            assertThat(foreign.isBound()).isTrue();
            assertThat(session().localAddress().getPort()).isEqualTo(port + 2);
        }
    }

    @Test
    void aListenerOrSinkThatFailsIsCountedAndTheCallGoesOn() {
        MediaSession session = engine.open(event -> {
            throw new IllegalStateException("listener");
        });
        session.hear((samples, length, position, arrival) -> {
            throw new IllegalStateException("sink");
        });
        TestPeer peer = connected(session);

        peer.sayNothing();
        peer.sayNothing();

        await().until(() -> session.statistics().callbackErrors() >= 3);
        awaitPackets(peer, peer.received.size() + 2);
        assertThat(engine.statistics().threadErrors()).isZero();
        assertThat(engine.statistics().sessionErrors()).isZero();
    }

    @Test
    void aClosedSessionFreesItsSocketAndTheOthersGoOn() {
        MediaSession closing = session();
        TestPeer gone = connected(closing);
        TestPeer stays = connected(session());
        awaitPackets(gone, 2);

        closing.close();
        closing.close();

        await().until(() -> engine.statistics().openSessions() == 1);
        int count = stays.received.size();
        awaitPackets(stays, count + 5);
        try (DatagramSocket again = new DatagramSocket(closing.localAddress())) {
            assertThat(again.isBound()).isTrue();
        } catch (SocketException e) {
            throw new AssertionError(e);
        }
    }
}
