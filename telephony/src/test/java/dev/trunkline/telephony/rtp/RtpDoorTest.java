package dev.trunkline.telephony.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.rtp.RtpEndpoint.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media servers that reserve an endpoint and send RTP to it, over real sockets. */
class RtpDoorTest {

    private static final int MOST = 4;

    private final Desk desk = new Desk();
    private MediaEngine media;
    private RtpDoor door;

    @BeforeEach
    void open() {
        media = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(24_100, 24_119)
                        .withShards(1)
                        .withMediaTimeout(Duration.ofMillis(400)),
                new EnergyVad());
        door = RtpDoor.open(media, desk, desk::refusalFor, peer -> InetAddress.getLoopbackAddress(), MOST);
    }

    @AfterEach
    void close() {
        door.close();
        media.close();
    }

    private State state(RtpEndpoint endpoint) {
        return door.find(endpoint.id()).orElseThrow().state();
    }

    private static RtpRequest request() {
        return RtpRequest.of("reception", Codecs.PCMU);
    }

    @Test
    void aCallBeginsWithTheFirstPacketsAndIsAnsweredToWhereTheyCameFrom() {
        RtpEndpoint endpoint = door.reserve(request());
        assertThat(endpoint.state()).isEqualTo(State.RESERVED);
        assertThat(desk.legs).isEmpty();

        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() ->
                    desk.events(endpoint.id(), LegEvent.Answered.class).size() == 1);

            byte[] back = sender.receive();
            assertThat(back).hasSize(172);
            assertThat(back[1] & 0x7F).isZero();
            Leg leg = desk.legs.getFirst();
            assertThat(leg.id()).isEqualTo(endpoint.id());
            assertThat(leg.channel()).isEqualTo("rtp");
            assertThat(leg.dialled()).isEqualTo("reception");
            assertThat(desk.events(endpoint.id(), LegEvent.MediaStarted.class)).hasSize(1);
            assertThat(state(endpoint)).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void whoSaysWhereItReceivesIsCalledAtOnceAndHearsUsBeforeItHasSpoken() {
        try (RtpSender silent = new RtpSender(new InetSocketAddress("127.0.0.1", 9), 7)) {
            RtpEndpoint endpoint = door.reserve(request().towards(silent.address()));

            assertThat(silent.receive()).hasSize(172);
            await().until(() -> desk.legs.size() == 1);
            assertThat(state(endpoint)).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void aCallOnWhichNothingComesAnyMoreEnds() {
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);

            await().until(() -> desk.ended(endpoint.id()) == EndReason.MEDIA_TIMEOUT);
            RtpEndpoint over = door.find(endpoint.id()).orElseThrow();
            assertThat(over.state()).isEqualTo(State.ENDED);
            assertThat(over.endReason()).isEqualTo("media_timeout");
            assertThat(desk.legs.getFirst().quality().packetsReceived()).isPositive();
            assertThat(media.statistics().openSessions()).isZero();
        }
    }

    @Test
    void aReservationToWhichNothingComesExpiresAndItsPortIsFreeAgain() {
        RtpEndpoint endpoint = door.reserve(request().idleFor(Duration.ofMillis(100)));
        assertThat(door.waiting()).isEqualTo(1);

        await().until(() -> state(endpoint) == State.ENDED);

        assertThat(door.find(endpoint.id()).orElseThrow().endReason()).isEqualTo("expired");
        assertThat(desk.legs).isEmpty();
        assertThat(door.expired()).isEqualTo(1);
        await().until(() -> media.statistics().openSessions() == 0);
    }

    @Test
    void aReservationOutlivesTheMediaTimeOutOfACall() {
        RtpEndpoint endpoint = door.reserve(request());
        await().until(() -> media.statistics().mediaTimeouts() == 1);

        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> state(endpoint) == State.ACTIVE);
        }
    }

    @Test
    void keysComeAsTelephoneEventsOfTheNumberThatWasAskedFor() {
        RtpRequest request = new RtpRequest(
                "reception",
                AudioPayload.PCMU,
                OptionalInt.of(96),
                Duration.ofMillis(20),
                null,
                true,
                new Party("+493012345", "Anna"),
                new Party("100", ""),
                RtpRequest.DEFAULT_IDLE);
        RtpEndpoint endpoint = door.reserve(request);
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);
            sender.press(5, 96);
            sender.press(11, 96);

            await().until(() ->
                    desk.events(endpoint.id(), LegEvent.DigitPressed.class).size() == 2);
            assertThat(desk.events(endpoint.id(), LegEvent.DigitPressed.class))
                    .extracting(LegEvent.DigitPressed::digit)
                    .containsExactly('5', '#');
            assertThat(desk.legs.getFirst().from().address()).isEqualTo("+493012345");
            assertThat(desk.legs.getFirst().to().address()).isEqualTo("100");
        }
    }

    @Test
    void aPlayerThatIsAnotherProgramThanTheSenderIsSentToWhereItSaid() {
        try (RtpSender player = new RtpSender(new InetSocketAddress("127.0.0.1", 9), 1)) {
            RtpRequest request = new RtpRequest(
                    "reception",
                    AudioPayload.PCMU,
                    OptionalInt.empty(),
                    Duration.ofMillis(20),
                    player.address(),
                    false,
                    Party.UNKNOWN,
                    Party.UNKNOWN,
                    RtpRequest.DEFAULT_IDLE);
            RtpEndpoint endpoint = door.reserve(request);
            try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
                sender.send(6);
                await().until(() ->
                        desk.events(endpoint.id(), LegEvent.MediaStarted.class).size() == 1);
                for (int i = 0; i < 10; i++) {
                    player.receive();
                }
            }
        }
    }

    @Test
    void oneWhoIsTurnedAwayAtTheDeskGivesThePortBack() {
        desk.refusing = RejectCause.UNAVAILABLE;
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);

            await().until(() -> state(endpoint) == State.ENDED);
            RtpEndpoint over = door.find(endpoint.id()).orElseThrow();
            assertThat(over.endReason()).isEqualTo("refused");
            assertThat(over.endDetail()).isEqualTo("not today");
            await().until(() -> media.statistics().openSessions() == 0);
        }
    }

    @Test
    void endingAnEndpointEndsItsCall() {
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);

            assertThat(door.end(endpoint.id())).isTrue();
            await().until(() -> desk.ended(endpoint.id()) == EndReason.OPERATOR);
            assertThat(door.end(endpoint.id())).isFalse();
        }
    }

    @Test
    void endingAReservationMakesNoCall() {
        RtpEndpoint endpoint = door.reserve(request());

        assertThat(door.end(endpoint.id())).isTrue();

        await().until(() -> state(endpoint) == State.ENDED);
        assertThat(door.find(endpoint.id()).orElseThrow().endReason()).isEqualTo("cancelled");
        assertThat(desk.legs).isEmpty();
    }

    @Test
    void theAgentHangsUpAndTheReasonIsItsOwn() {
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);

            desk.legs.getFirst().hangUp(EndReason.AGENT_HUNG_UP);

            await().until(() -> desk.ended(endpoint.id()) == EndReason.AGENT_HUNG_UP);
            assertThat(desk.events(endpoint.id())).last().isInstanceOf(LegEvent.Ended.class);
        }
    }

    @Test
    void packetsOfAnotherCodecDoNotBeginACall() {
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            for (int i = 0; i < 5; i++) {
                sender.packet(18, new byte[20], i * 160);
            }
            await().until(() -> media.statistics().malformed() == 5);
            assertThat(state(endpoint)).isEqualTo(State.RESERVED);
        }
    }

    @Test
    void thereAreNoMoreEndpointsThanPlaces() {
        for (int i = 0; i < MOST; i++) {
            door.reserve(request());
        }
        assertThatExceptionOfType(ReservationRefusedException.class)
                .isThrownBy(() -> door.reserve(request()))
                .matches(e -> e.rejectCause() == RejectCause.BUSY);

        door.end(door.all().getFirst().id());
        await().until(() -> door.size() < MOST);
        door.reserve(request());
    }

    @Test
    void withoutAFreePortNothingIsReserved() {
        try (MediaEngine small = MediaEngine.start(
                        MediaSettings.defaults().withPorts(24_130, 24_131).withShards(1), new EnergyVad());
                RtpDoor narrow =
                        RtpDoor.open(small, desk, desk::refusalFor, peer -> InetAddress.getLoopbackAddress(), MOST)) {
            narrow.reserve(request());
            assertThatExceptionOfType(ReservationRefusedException.class)
                    .isThrownBy(() -> narrow.reserve(request()))
                    .matches(e -> e.rejectCause() == RejectCause.UNAVAILABLE)
                    .withMessageContaining("no free");
            assertThat(narrow.size()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(RejectCause.class)
    void whoWouldBeRefusedGetsNoPort(RejectCause cause) {
        desk.forAsking = cause;
        assertThatExceptionOfType(ReservationRefusedException.class)
                .isThrownBy(() -> door.reserve(request()))
                .matches(e -> e.rejectCause() == cause);
        assertThat(media.statistics().openSessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 13, 64, 72, 95, 128})
    void numbersThatLookLikeRtcpOrComfortNoiseAreNoPayloadTypes(int type) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RtpRequest(
                        "reception",
                        new AudioPayload(type, Codecs.PCMU),
                        OptionalInt.of(101),
                        Duration.ofMillis(20),
                        null,
                        true,
                        Party.UNKNOWN,
                        Party.UNKNOWN,
                        RtpRequest.DEFAULT_IDLE));
    }

    @Test
    void theDescriptionNamesPortCodecAndDigits() {
        RtpEndpoint endpoint = door.reserve(RtpRequest.of("reception", Codecs.PCMA));

        assertThat(endpoint.sdp())
                .startsWith("v=0\r\n")
                .contains("c=IN IP4 127.0.0.1\r\n")
                .contains("m=audio " + endpoint.address().getPort() + " RTP/AVP 8 101\r\n")
                .contains("a=rtpmap:8 PCMA/8000\r\n")
                .contains("a=rtpmap:101 telephone-event/8000\r\n");
    }

    @Test
    void closingTheDoorEndsItsCalls() {
        RtpEndpoint endpoint = door.reserve(request());
        try (RtpSender sender = new RtpSender(endpoint.address(), 7)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);

            door.close();

            assertThat(desk.ended(endpoint.id())).isEqualTo(EndReason.SHUTDOWN);
        }
    }
}
