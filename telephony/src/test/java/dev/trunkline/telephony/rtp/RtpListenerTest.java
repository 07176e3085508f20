package dev.trunkline.telephony.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that begin with nothing but RTP to a port that everybody knows. */
class RtpListenerTest {

    private static final InetSocketAddress PORT = new InetSocketAddress("127.0.0.1", 24_600);

    private final Desk desk = new Desk();
    private MediaEngine media;
    private RtpDoor door;
    private RtpListener listener;

    @BeforeEach
    void open() throws IOException {
        media = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(24_610, 24_619)
                        .withShards(1)
                        .withMediaTimeout(Duration.ofSeconds(2)),
                new EnergyVad());
        door = RtpDoor.open(media, desk, desk::refusalFor, peer -> InetAddress.getLoopbackAddress(), 4);
        listener = RtpListener.open(door, media, PORT, InetAddress.getLoopbackAddress(), "echo", 2, 100);
    }

    @AfterEach
    void close() {
        door.close();
        listener.close();
        media.close();
    }

    @Test
    void whoeverSendsHasCalledAndIsAnsweredFromThatPort() {
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);
            Leg leg = desk.legs.getFirst();

            assertThat(sender.receive()).hasSize(172);
            assertThat(leg.channel()).isEqualTo("rtp");
            assertThat(leg.dialled()).isEqualTo("echo");
            assertThat(leg.from().address())
                    .isEqualTo("rtp:127.0.0.1:" + sender.address().getPort());
            assertThat(desk.events(leg.id(), LegEvent.Answered.class)).hasSize(1);
            RtpEndpoint endpoint = door.find(leg.id()).orElseThrow();
            assertThat(endpoint.state()).isEqualTo(RtpEndpoint.State.ACTIVE);
            assertThat(endpoint.address().getPort()).isEqualTo(PORT.getPort());
        }
    }

    @Test
    void twoStreamsOfOneSenderAreTwoCalls() {
        try (RtpSender one = new RtpSender(PORT, 5);
                RtpSender other = new RtpSender(one.socket(), PORT, 6)) {
            one.send(3);
            other.send(3);
            await().until(() -> desk.legs.size() == 2);

            other.press(7, 101);
            String second = desk.legs.getLast().id();
            await().until(() -> desk.events(second, LegEvent.DigitPressed.class).size() == 1);
            assertThat(desk.events(desk.legs.getFirst().id(), LegEvent.DigitPressed.class))
                    .isEmpty();
        }
    }

    @Test
    void aCallOnWhichNothingComesAnyMoreEndsAndGivesItsPlaceBack() {
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);

            await().until(() -> desk.ended(desk.legs.getFirst().id()) == EndReason.MEDIA_TIMEOUT);
            await().until(() -> listener.port().sessions() == 0);
            assertThat(door.size()).isZero();
        }
    }

    @Test
    void whoIsHungUpOnAndSendsOnHasNotCalledAgain() {
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);
            desk.legs.getFirst().hangUp(EndReason.AGENT_HUNG_UP);
            await().until(() -> listener.port().sessions() == 0);

            sender.send(10);
            await().until(() -> listener.port().afterEnd() == 10);
            assertThat(desk.legs).hasSize(1);
        }
    }

    @Test
    void whoIsTurnedAwayAtTheDeskTakesNoPlace() {
        desk.refusing = RejectCause.UNAVAILABLE;
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);
            await().until(() -> listener.port().sessions() == 0);
            assertThat(media.statistics().openSessions()).isZero();
        }
    }

    @Test
    void aDynamicPayloadTypeSaysNothingAndBeginsNothing() {
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            for (int i = 0; i < 5; i++) {
                sender.packet(111, new byte[40], i * 960);
            }
            await().until(() -> listener.port().malformed() == 5);
            assertThat(desk.legs).isEmpty();
        }
    }

    @Test
    void endpointsThatAreReservedDoNotTakeTheListenersPlaces() {
        for (int i = 0; i < 4; i++) {
            door.reserve(RtpRequest.of("reception", dev.trunkline.media.codec.Codecs.PCMU));
        }
        try (RtpSender sender = new RtpSender(PORT, 5)) {
            sender.send(4);
            await().until(() -> desk.legs.size() == 1);
        }
    }
}
