package dev.trunkline.telephony.opensips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.MediaSettings;
import dev.trunkline.media.vad.EnergyVad;
import dev.trunkline.telephony.opensips.OpenSipsCounters.Event;
import dev.trunkline.telephony.opensips.OpenSipsDouble.Command;
import dev.trunkline.telephony.rtp.Desk;
import dev.trunkline.telephony.rtp.RtpSender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that an OpenSIPS passes to us, told by datagrams, with sound over real sockets. */
class OpenSipsChannelTest {

    private static final String KEY = "B2B.154.5377.1637";
    private static final String FROM = "sip:+493012345@example.com";
    private static final String TO = "sip:reception@example.com";

    private final Desk desk = new Desk();
    private OpenSipsDouble openSips;
    private MediaEngine media;
    private OpenSipsChannel channel;

    @BeforeEach
    void start() throws IOException {
        openSips = new OpenSipsDouble();
        media = MediaEngine.start(
                MediaSettings.defaults()
                        .withPorts(24_300, 24_319)
                        .withShards(1)
                        .withMediaTimeout(Duration.ofSeconds(3)),
                new EnergyVad());
        channel = OpenSipsChannel.start(settings(), media, desk);
        await().until(openSips::isSubscribed);
    }

    private OpenSipsSettings settings() {
        return OpenSipsSettings.of(openSips.address(), InetAddress.getLoopbackAddress())
                .withTimes(Duration.ofSeconds(1), Duration.ofMillis(60), Duration.ofMillis(900));
    }

    @AfterEach
    void stop() {
        channel.close();
        media.close();
        openSips.close();
    }

    private static String sdp(int port, String more) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n" + more;
    }

    private void invite() {
        openSips.invite(KEY, FROM, TO, sdp(40_000, ""), null);
    }

    private Leg answered() {
        invite();
        await().until(() -> desk.events(KEY, LegEvent.Answered.class).size() == 1);
        return desk.legs.getFirst();
    }

    private List<Command> replies() {
        return openSips.commands("ua_session_reply");
    }

    private Command reply(int index) {
        await().until(() -> replies().size() > index);
        return replies().get(index);
    }

    private long count(Event event) {
        return channel.counters().get(event);
    }

    private static InetSocketAddress media(String sdp) {
        Matcher port = Pattern.compile("m=audio (\\d+) ").matcher(sdp);
        assertThat(port.find()).isTrue();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    }

    @Test
    void aNewSessionIsAnsweredWithOurDescriptionAndSoundGoesBothWays() {
        Leg leg = answered();
        Command reply = reply(0);

        assertThat(reply.name()).isEqualTo("b2b_entities:ua_session_reply");
        assertThat(reply.text("key")).isEqualTo(KEY);
        assertThat(reply.text("method")).isEqualTo("INVITE");
        assertThat(reply.number("code")).isEqualTo(200);
        assertThat(reply.text("body")).contains("RTP/AVP 8 0 101\r\n").contains("a=sendrecv\r\n");
        assertThat(leg.channel()).isEqualTo("opensips");
        assertThat(leg.dialled()).isEqualTo("reception");
        assertThat(leg.from().address()).isEqualTo(FROM);
        assertThat(leg.from().name()).isEqualTo("Anna \"A\" Berg");
        assertThat(channel.callCount()).isEqualTo(1);
        try (RtpSender caller = new RtpSender(media(reply.text("body")), 9)) {
            caller.send(5);
            assertThat(caller.receive()[1] & 0x7F)
                    .as("the first codec of the offer: PCMA")
                    .isEqualTo(8);
            await().until(() -> desk.events(KEY, LegEvent.MediaStarted.class).size() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"agent\":\"echo\",\"flavor\":\"other\"} | echo",
                "{\"flavor\":\"echo\"} | echo",
                "{\"dialled\":\"+4930\"} | +4930",
                "{broken | reception",
                "{\"agent\":7} | reception",
                "echo | echo",
                "two words | reception"
            })
    void theScriptMayNameTheAgent(String extra, String dialled) {
        openSips.invite(KEY, FROM, TO, sdp(40_000, ""), extra);

        await().until(() -> desk.legs.size() == 1);
        assertThat(desk.legs.getFirst().dialled()).isEqualTo(dialled);
    }

    @Test
    void callsThatNameNobodyGoToTheAgentOfTheSettings() throws IOException {
        channel.close();
        channel = OpenSipsChannel.start(settings().withAgent("echo"), media, desk);
        await().until(openSips::isSubscribed);
        invite();

        await().until(() -> desk.legs.size() == 1);
        assertThat(desk.legs.getFirst().dialled()).isEqualTo("echo");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND,404", "BUSY,486", "UNAVAILABLE,503", "DECLINED,603", "FAILED,500"})
    void aCallThatIsTurnedAwayGetsTheCodeOfSip(RejectCause cause, int code) {
        desk.refusing = cause;
        invite();

        assertThat(reply(0).number("code")).isEqualTo(code);
        await().until(() -> desk.ended(KEY) != null);
        assertThat(channel.callCount()).isZero();
        assertThat(media.statistics().openSessions()).isZero();
    }

    @Test
    void theCallerHangsUp() {
        answered();
        openSips.terminate(KEY, "BYE", "Reason: Q.850;cause=16;text=\"Terminated\"\r\n");

        await().until(() -> desk.ended(KEY) == EndReason.CALLER_HUNG_UP);
        assertThat(desk.events(KEY, LegEvent.Ended.class).getFirst().detail()).contains("Q.850;cause=16");
        await().until(() -> media.statistics().openSessions() == 0);
        assertThat(openSips.commands("ua_session_terminate")).isEmpty();
    }

    @Test
    void theCallerGivesUpBeforeTheAnswer() {
        desk.slow = true;
        invite();
        await().until(() -> desk.legs.size() == 1);
        desk.legs.getFirst().ring();
        assertThat(reply(0).number("code")).isEqualTo(180);

        openSips.terminate(KEY, "CANCEL", "");

        await().until(() -> desk.ended(KEY) == EndReason.CANCELLED);
        desk.legs.getFirst().answer();
        desk.legs.getFirst().hangUp(EndReason.AGENT_HUNG_UP);
        openSips.request(KEY, "OPTIONS", "", "");
        await().until(() -> count(Event.EVENTS) == 3);
        assertThat(replies()).hasSize(1);
    }

    @Test
    void aCancelThatOvertakesItsInviteMakesNoCall() {
        openSips.terminate(KEY, "CANCEL", "");
        await().until(() -> count(Event.UNKNOWN_SESSIONS) == 1);
        invite();

        await().until(() -> count(Event.DUPLICATES) == 1);
        assertThat(desk.legs).isEmpty();
    }

    @Test
    void anInviteThatIsToldTwiceIsOneCall() {
        answered();
        invite();

        await().until(() -> count(Event.DUPLICATES) == 1);
        assertThat(desk.legs).hasSize(1);
    }

    @Test
    void theAgentHangsUp() {
        answered().hangUp(EndReason.AGENT_HUNG_UP);

        await().until(() -> desk.ended(KEY) == EndReason.AGENT_HUNG_UP);
        await().until(() -> openSips.commands("ua_session_terminate").size() == 1);
        assertThat(openSips.commands("ua_session_terminate").getFirst().text("key"))
                .isEqualTo(KEY);
    }

    @Test
    void hangingUpBeforeTheAnswerRefusesTheCall() {
        desk.slow = true;
        invite();
        await().until(() -> desk.legs.size() == 1);
        desk.legs.getFirst().hangUp(EndReason.SHUTDOWN);

        assertThat(reply(0).number("code")).isEqualTo(503);
        await().until(() -> desk.ended(KEY) == EndReason.SHUTDOWN);
    }

    @Test
    void holdAndResume() {
        answered();
        openSips.reInvite(KEY, sdp(40_000, "a=sendonly\r\n"));

        assertThat(reply(1).text("body")).contains("a=recvonly\r\n");
        await().until(() -> desk.events(KEY, LegEvent.Held.class).size() == 1);

        openSips.reInvite(KEY, sdp(40_000, ""));
        assertThat(reply(2).text("body")).contains("a=sendrecv\r\n");
        await().until(() -> desk.events(KEY, LegEvent.Retrieved.class).size() == 1);
    }

    @Test
    void aCallOnHoldHasNoMediaTimeOutButALongestHold() {
        openSips.invite(KEY, FROM, TO, sdp(40_000, "a=inactive\r\n"), null);
        await().until(() -> desk.ended(KEY) != null);

        assertThat(desk.events(KEY))
                .extracting(event -> (Object) event.getClass())
                .containsExactly(LegEvent.Answered.class, LegEvent.Held.class, LegEvent.Ended.class);
        assertThat(desk.ended(KEY)).isEqualTo(EndReason.MEDIA_TIMEOUT);
        assertThat(media.statistics().mediaTimeouts()).isZero();
    }

    @Test
    void aCallerFromWhomNothingComesIsHungUpOn() {
        answered();

        await().until(() -> desk.ended(KEY) == EndReason.MEDIA_TIMEOUT);
        await().until(() -> openSips.commands("ua_session_terminate").size() == 1);
    }

    @Test
    void aReInviteThatChangesTheCodecIsFollowed() {
        answered();
        openSips.reInvite(KEY, sdp(40_000, "").replace("8 0 101", "0 101"));

        String body = reply(1).text("body");
        assertThat(body).contains("RTP/AVP 0 101\r\n");
        try (RtpSender caller = new RtpSender(media(body), 9)) {
            caller.send(5);
            assertThat(caller.receive()[1] & 0x7F).isZero();
        }
    }

    @Test
    void anUpdateWithoutABodyIsJustAnswered() {
        answered();
        openSips.request(KEY, "UPDATE", "", "");

        assertThat(reply(1).number("code")).isEqualTo(200);
        assertThat(reply(1).text("body")).isEmpty();
    }

    @Test
    void anInviteWithoutAnOfferGetsOursAndItsAckAnswersIt() {
        openSips.invite(KEY, FROM, TO, "", null);
        String offer = reply(0).text("body");
        assertThat(offer).contains("m=audio ");
        assertThat(desk.events(KEY, LegEvent.Answered.class)).isEmpty();

        openSips.request(KEY, "ACK", "application/sdp", sdp(40_000, "").replace("8 0 101", "0 101"));

        await().until(() -> desk.events(KEY, LegEvent.Answered.class).size() == 1);
        try (RtpSender caller = new RtpSender(media(offer), 9)) {
            caller.send(5);
            assertThat(caller.receive()).hasSize(172);
        }
    }

    @Test
    void anAckOfAnAnsweredCallChangesNothing() {
        answered();
        openSips.request(KEY, "ACK", "", "");
        openSips.request(KEY, "OPTIONS", "", "");

        assertThat(reply(1).text("method")).isEqualTo("OPTIONS");
        assertThat(desk.ended(KEY)).isNull();
    }

    @Test
    void digitsInInfoAndInTheSoundCountOnce() {
        answered();
        try (RtpSender caller = new RtpSender(media(reply(0).text("body")), 9)) {
            caller.send(5);
            await().until(() -> desk.events(KEY, LegEvent.MediaStarted.class).size() == 1);
            caller.press(5, 101);
            openSips.request(KEY, "INFO", "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
            openSips.request(KEY, "INFO", "application/dtmf", "#");

            await().until(() -> desk.events(KEY, LegEvent.DigitPressed.class).size() == 2);
            assertThat(reply(2).number("code")).isEqualTo(200);
            assertThat(desk.events(KEY, LegEvent.DigitPressed.class))
                    .extracting(LegEvent.DigitPressed::digit)
                    .containsExactlyInAnyOrder('5', '#');
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INFO,   application/json,      {},   415",
        "OPTIONS, '',                   '',   200",
        "MESSAGE, text/plain,           hi,   405",
        "INVITE,  application/sdp,      v=1,  400",
        "INVITE,  application/x,        hi,   415"
    })
    void otherRequestsGetTheCodeOfSip(String method, String type, String body, int code) {
        answered();
        if (method.equals("INVITE")) {
            openSips.reInvite(KEY, body);
            if (!type.equals("application/sdp")) {
                openSips.request(KEY, method, type, body);
                assertThat(reply(2).number("code")).isEqualTo(code);
                return;
            }
        } else {
            openSips.request(KEY, method, type, body);
        }
        assertThat(reply(1).number("code")).isEqualTo(code);
        assertThat(desk.ended(KEY)).isNull();
    }

    @Test
    void aCallerWithoutACodecOfOursIsRefused() {
        openSips.invite(KEY, FROM, TO, sdp(40_000, "").replace("8 0 101", "18 4"), null);

        assertThat(reply(0).number("code")).isEqualTo(488);
        assertThat(desk.legs).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        openSips.invite(KEY, FROM, TO, sdp(40_000, "a=x:" + "y".repeat(17_000) + "\r\n"), null);

        assertThat(reply(0).number("code")).isEqualTo(413);
        assertThat(desk.legs).isEmpty();
    }

    @Test
    void requestsOfASessionThatWeDoNotKnowAreToldSo() {
        openSips.request("B2B.1.2.3", "INFO", "application/dtmf", "5");
        openSips.request("B2B.1.2.4", "ACK", "", "");
        openSips.terminate("B2B.1.2.5", "BYE", "");

        assertThat(reply(0).number("code")).isEqualTo(481);
        await().until(() -> count(Event.UNKNOWN_SESSIONS) == 3);
        assertThat(replies()).hasSize(1);
    }

    @Test
    void whatIsNoEventIsCountedAndHarmsNobody() throws IOException {
        openSips.raw("no json".getBytes(StandardCharsets.UTF_8));
        openSips.raw("[]".getBytes(StandardCharsets.UTF_8));
        openSips.raw("{\"jsonrpc\":\"2.0\"}".getBytes(StandardCharsets.UTF_8));
        openSips.raw("{\"method\":\"E_PIKE_BLOCKED\",\"params\":{}}".getBytes(StandardCharsets.UTF_8));
        openSips.raw("{\"method\":7,\"params\":{}}".getBytes(StandardCharsets.UTF_8));
        openSips.raw("{\"method\":\"E_UA_SESSION\",\"params\":{\"key\":7}}".getBytes(StandardCharsets.UTF_8));
        openSips.raw("{\"id\":3,\"result\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
        openSips.raw(new byte[0]);
        openSips.raw(new byte[60_000]);

        await().until(() -> count(Event.MALFORMED) == 8);
        await().until(() -> count(Event.STRAY_ANSWERS) == 1);
        answered();
    }

    @Test
    void datagramsFromAnotherHostAreNotRead() throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.7"))) {
            byte[] event = ("{\"method\":\"E_UA_SESSION\",\"params\":{\"key\":\"x\",\"event_type\":\"NEW\","
                            + "\"method\":\"INVITE\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            stranger.send(new DatagramPacket(event, event.length, channel.localAddress()));
        }
        await().until(() -> count(Event.STRANGERS) == 1);
        assertThat(desk.legs).isEmpty();
    }

    @Test
    void aLostCommandIsRepeatedWithTheSameNumber() {
        openSips.loseCommands.set(2);
        answered();

        assertThat(count(Event.COMMANDS_REPEATED)).isGreaterThanOrEqualTo(1);
        assertThat(replies()).hasSize(1);
    }

    @Test
    void anAnswerThatIsLostDoesNotMakeTheCallFailThoughItsCopyIsRefused() {
        await().until(() -> openSips.commands("event_subscribe").size() >= 1);
        openSips.loseAnswers.set(1);
        answered();

        await().until(() -> replies().size() == 2);
        assertThat(replies().get(0).id()).isEqualTo(replies().get(1).id());
        assertThat(desk.ended(KEY)).isNull();
    }

    @Test
    void aCommandThatNobodyAnswersEndsTheCall() {
        desk.slow = true;
        invite();
        await().until(() -> desk.legs.size() == 1);
        openSips.away = true;

        desk.legs.getFirst().answer();

        await().until(() -> desk.ended(KEY) == EndReason.FAILED);
        assertThat(count(Event.COMMANDS_UNANSWERED)).isPositive();
        await().until(() -> media.statistics().openSessions() == 0);
    }

    @Test
    void anOlderReleaseWithBareNamesIsUnderstood() {
        openSips.prefix = "";
        answered();

        assertThat(replies())
                .extracting(Command::name)
                .containsExactly("b2b_entities:ua_session_reply", "ua_session_reply");
        openSips.request(KEY, "OPTIONS", "", "");
        assertThat(reply(2).name()).isEqualTo("ua_session_reply");
    }

    @Test
    void theSubscriptionIsRenewedAndSoComesBackAfterARestart() {
        int port = channel.localAddress().getPort();
        assertThat(openSips.commands("event_subscribe").getFirst().text("socket"))
                .isEqualTo("udp:127.0.0.1:" + port);
        openSips.restart();

        await().until(openSips::isSubscribed);
        answered();
    }

    @Test
    void whileOpenSipsIsAwayItIsToldSoAndFoundAgain() {
        assertThat(channel.state().kind()).isEqualTo(OpenSipsState.Kind.SUBSCRIBED);
        openSips.away = true;
        openSips.restart();

        await().until(() -> channel.state().kind() == OpenSipsState.Kind.AWAY);
        assertThat(channel.state().detail()).contains("no answer");
        openSips.away = false;

        await().until(() -> channel.state().kind() == OpenSipsState.Kind.SUBSCRIBED);
        assertThat(count(Event.SUBSCRIPTIONS_RECOVERED)).isEqualTo(1);
        answered();
    }

    @Test
    void aTransferThatSucceedsEndsTheCallHere() {
        Leg leg = answered();
        leg.transfer("sip:anna@192.0.2.7");
        await().until(() -> openSips.commands("ua_session_update").size() == 1);
        Command refer = openSips.commands("ua_session_update").getFirst();
        assertThat(refer.text("method")).isEqualTo("REFER");
        assertThat(refer.text("extra_headers"))
                .isEqualTo("Refer-To: <sip:anna@192.0.2.7>\r\nReferred-By: <sip:reception@example.com>\r\n");

        openSips.response(KEY, "REFER", 202);
        openSips.request(KEY, "NOTIFY", "message/sipfrag", "SIP/2.0 180 Ringing\r\n");
        openSips.request(KEY, "NOTIFY", "message/sipfrag", "SIP/2.0 200 OK\r\n");

        await().until(() -> desk.ended(KEY) == EndReason.TRANSFERRED);
        assertThat(desk.events(KEY, LegEvent.TransferProgress.class).getFirst().ringing())
                .isTrue();
        assertThat(desk.events(KEY, LegEvent.Transferred.class)).hasSize(1);
        await().until(() -> openSips.commands("ua_session_terminate").size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "405, 0, UNSUPPORTED",
        "500, 0, FAILED",
        "202, 486, BUSY",
        "202, 408, NO_ANSWER",
        "202, 404, UNREACHABLE"
    })
    void aTransferThatFailsLeavesTheCallAsItWas(int response, int outcome, TransferFailure failure) {
        Leg leg = answered();
        leg.transfer("sip:anna@192.0.2.7");
        await().until(() -> openSips.commands("ua_session_update").size() == 1);
        openSips.response(KEY, "REFER", response);
        if (outcome > 0) {
            openSips.request(KEY, "NOTIFY", "message/sipfrag", "SIP/2.0 " + outcome + " Sorry");
        }

        await().until(() -> desk.events(KEY, LegEvent.TransferRefused.class).size() == 1);
        assertThat(desk.events(KEY, LegEvent.TransferRefused.class).getFirst().failure())
                .isEqualTo(failure);
        assertThat(desk.ended(KEY)).isNull();
    }

    @Test
    void aCallerWhoHangsUpAfterTakingTheTransferHasGoneThere() {
        answered().transfer("sip:anna@192.0.2.7");
        await().until(() -> openSips.commands("ua_session_update").size() == 1);
        openSips.response(KEY, "REFER", 202);
        openSips.terminate(KEY, "BYE", "");

        await().until(() -> desk.ended(KEY) == EndReason.TRANSFERRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "mailto:a@example.com", "sip:a@b\r\nX: y", ""})
    void nobodyIsTransferredToWhatIsNoAddress(String target) {
        Leg leg = answered();
        assertThatIllegalArgumentException().isThrownBy(() -> leg.transfer(target));
    }

    @Test
    void closingHangsUpAndTakesTheSubscriptionBack() {
        answered();

        channel.close();

        assertThat(desk.ended(KEY)).isEqualTo(EndReason.SHUTDOWN);
        assertThat(openSips.commands("ua_session_terminate")).hasSize(1);
        assertThat(openSips.isSubscribed()).isFalse();
    }
}
