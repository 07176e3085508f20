package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that are refreshed, and calls that are not (RFC 4028). */
class SessionTimerTest {

    private final RawPeer peer = new RawPeer();

    private SipResponse answered(Map<String, String> headers) {
        Map<String, String> more = new HashMap<>(headers);
        more.putIfAbsent("Allow", "INVITE, ACK, BYE, CANCEL");
        peer.send(peer.compose("INVITE", 1, "inv", "", more, RawPeer.OFFER));
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        peer.send(peer.compose("ACK", 1, "ack1", ok.toTag(), Map.of(), ""));
        return ok;
    }

    private static final String UPDATES = "INVITE, ACK, BYE, CANCEL, UPDATE";

    private SipRequest placed() {
        peer.agent.call(
                CallRequest.to(
                        SipUri.parse("sip:bob@127.0.0.2:5062"),
                        NameAddress.parse("<sip:desk@invalid>"),
                        local -> RawPeer.sdp()),
                (call, event) -> peer.events.add(event));
        return peer.request("INVITE");
    }

    private void answeredBy(SipRequest invite, Map<String, String> headers) {
        SipResponse ok = peer.answerTo(invite, 200, "bob", RawPeer.OFFER);
        headers.forEach(ok.headers()::add);
        peer.send(ok);
        peer.request("ACK");
    }

    private void isOver(String reason) {
        peer.request("BYE");
        SipCallEvent.HungUp over = peer.event(SipCallEvent.HungUp.class);
        assertThat(over.by()).isEqualTo(Party.NETWORK);
        assertThat(over.cause().text()).isEqualTo(reason);
        assertThat(peer.agent.callCount()).isZero();
    }

    // ---- as the called side

    @Test
    void aCallerWhoKnowsNoTimersIsRefreshedByUsWithTheSameDescriptionAfterAQuarterOfAnHour() {
        SipResponse ok = answered(Map.of());
        assertThat(ok.header("Session-Expires")).isEqualTo("1800;refresher=uas");
        assertThat(ok.headers().has("Require")).isFalse();
        peer.clock.advance(899_999);
        peer.nothingSent();
        peer.clock.advance(1);
        SipRequest refresh = peer.request("INVITE");
        assertThat(refresh.bodyText()).isEqualTo(ok.bodyText());
        assertThat(refresh.header("Session-Expires")).isEqualTo("1800;refresher=uac");
        peer.send(peer.answerTo(refresh, 200, "", RawPeer.OFFER));
        peer.request("ACK");
        assertThat(peer.events).noneMatch(SipCallEvent.OfferAnswered.class::isInstance);
        assertThat(peer.events).noneMatch(SipCallEvent.Refreshed.class::isInstance);
        peer.clock.advance(900_000);
        peer.request("INVITE");
    }

    @Test
    void aPeerThatTakesUpdatesIsRefreshedWithoutAnOffer() {
        answered(Map.of("Supported", "timer", "Session-Expires", "600;refresher=uas", "Allow", UPDATES));
        peer.clock.advance(300_000);
        SipRequest refresh = peer.request("UPDATE");
        assertThat(refresh.hasBody()).isFalse();
        assertThat(refresh.header("Session-Expires")).isEqualTo("600;refresher=uac");
        assertThat(refresh.header("Contact")).isEqualTo("<sip:reception@127.0.0.1:5060>");
        SipResponse ok = peer.answerTo(refresh, 200, "", "");
        ok.headers().add("Session-Expires", "600;refresher=uac");
        peer.send(ok);
        peer.clock.advance(299_999);
        peer.nothingSent();
        peer.clock.advance(1);
        peer.request("UPDATE");
    }

    @Test
    void aPeerThatSaysItTakesUpdatesAndDoesNotGetsAReinvite() {
        SipResponse first = answered(Map.of("Allow", UPDATES));
        peer.clock.advance(900_000);
        peer.send(peer.answerTo(peer.request("UPDATE"), 501, "", ""));
        SipRequest refresh = peer.request("INVITE");
        assertThat(refresh.bodyText()).isEqualTo(first.bodyText());
        peer.send(peer.answerTo(refresh, 200, "", RawPeer.OFFER));
        peer.request("ACK");
        peer.clock.advance(900_000);
        peer.request("INVITE");
    }

    @Test
    void anIntervalBelowOurMinimumIs422WithIt() {
        peer.send(peer.compose(
                "INVITE", 1, "inv", "", Map.of("Supported", "timer", "Session-Expires", "60"), RawPeer.OFFER));
        assertThat(peer.response(422).header("Min-SE")).isEqualTo("90");
        assertThat(peer.incoming).isEmpty();
    }

    @Test
    void anIntervalBelowOurMinimumOfACallerWhoCannotBeToldIsTaken() {
        SipResponse ok = answered(Map.of("Session-Expires", "60"));
        assertThat(ok.header("Session-Expires")).isEqualTo("60;refresher=uas");
    }

    @Test
    void aLongerIntervalThanOursIsLoweredButNotBelowTheCallersMinimum() {
        SipResponse ok = answered(Map.of("x", "timer", "Session-Expires", "7200"));
        assertThat(ok.header("Session-Expires")).isEqualTo("1800;refresher=uas");
        RawPeer second = new RawPeer();
        second.send(second.compose(
                "INVITE",
                1,
                "inv",
                "",
                Map.of("k", "timer", "x", "7200;refresher=uac", "Min-SE", "3600"),
                RawPeer.OFFER));
        second.call().answer(RawPeer.sdp());
        assertThat(second.response(200).header("Session-Expires")).isEqualTo("7200;refresher=uac");
    }

    @Test
    void aCallerWhoWantsToRefreshAndDoesNotIsHungUpOnALittleBeforeTheEnd() {
        SipResponse ok = answered(Map.of("Supported", "timer", "Session-Expires", "1800;refresher=uac"));
        assertThat(ok.header("Require")).isEqualTo("timer");
        peer.clock.advance(1_767_999);
        peer.nothingSent();
        peer.clock.advance(1);
        isOver("session timer expired");
    }

    @Test
    void ofAShortIntervalAThirdIsLeft() {
        answered(Map.of("Supported", "timer", "Session-Expires", "90;refresher=uac"));
        peer.clock.advance(59_999);
        peer.nothingSent();
        peer.clock.advance(1);
        isOver("session timer expired");
    }

    @Test
    void refreshesOfTheCallerBeginTheIntervalAnew() {
        SipResponse ok = answered(Map.of("Supported", "timer", "Session-Expires", "90;refresher=uac"));
        long cseq = 2;
        for (int i = 0; i < 5; i++) {
            peer.clock.advance(45_000);
            peer.send(peer.compose(
                    "UPDATE",
                    cseq,
                    "u" + cseq,
                    ok.toTag(),
                    Map.of("Supported", "timer", "Session-Expires", "90;refresher=uac"),
                    ""));
            cseq++;
            SipResponse refreshed = peer.response(200);
            assertThat(refreshed.header("Session-Expires")).isEqualTo("90;refresher=uac");
            assertThat(refreshed.header("Require")).isEqualTo("timer");
        }
        peer.clock.advance(60_000);
        isOver("session timer expired");
    }

    @Test
    void aRefreshThatNobodyAnswersIsTheEndOfTheCall() {
        answered(Map.of());
        peer.clock.advance(900_000);
        peer.request("INVITE");
        peer.clock.advance(32_000);
        peer.sent.removeIf(sent -> sent.message().startLine().startsWith("INVITE"));
        isOver("no answer to the refresh");
    }

    @Test
    void aRefreshThatAnotherOfferMeetsIsTriedAgain() {
        answered(Map.of());
        peer.clock.advance(900_000);
        peer.send(peer.answerTo(peer.request("INVITE"), 491, "", ""));
        peer.request("ACK");
        peer.clock.advance(2_001);
        SipRequest again = peer.request("INVITE");
        peer.sent.clear();
        peer.send(peer.answerTo(again, 200, "", RawPeer.OFFER));
        peer.request("ACK");
        peer.clock.advance(899_000);
        peer.nothingSent();
    }

    @Test
    void aRefreshWhoseAnswerIsAnotherDescriptionIsTold() {
        answered(Map.of());
        peer.clock.advance(900_000);
        peer.send(peer.answerTo(peer.request("INVITE"), 200, "", RawPeer.OFFER.replace("40000", "40002")));
        peer.request("ACK");
        assertThat(peer.event(SipCallEvent.Refreshed.class)
                        .answer()
                        .media()
                        .getFirst()
                        .port())
                .isEqualTo(40_002);
    }

    @Test
    void afterTheEndNothingIsRefreshed() {
        SipResponse ok = answered(Map.of());
        peer.send(peer.compose("BYE", 2, "bye", ok.toTag(), Map.of(), ""));
        peer.response(200);
        peer.clock.advance(4_000_000);
        peer.nothingSent();
        assertThat(peer.clock.pending()).isZero();
    }

    @Test
    void whoSwitchesItOffIsNotRefreshedUnlessThePeerAsks() {
        RawPeer quiet = new RawPeer(SipSettings.on(new java.net.InetSocketAddress("127.0.0.1", 5060))
                .withSessionTimer(SessionTimerSettings.OFF));
        quiet.established();
        quiet.clock.advance(10_000_000);
        quiet.nothingSent();
        assertThat(quiet.agent.callCount()).isEqualTo(1);
    }

    // ---- as the calling side

    @Test
    void weAskForHalfAnHourAndThePeerSaysWhoRefreshes() {
        SipRequest invite = placed();
        assertThat(invite.header("Session-Expires")).isEqualTo("1800");
        assertThat(invite.header("Supported")).contains("timer");
        answeredBy(invite, Map.of("Session-Expires", "900;refresher=uas", "Require", "timer"));
        peer.clock.advance(867_999);
        peer.nothingSent();
        peer.clock.advance(1);
        isOver("session timer expired");
    }

    @Test
    void aPeerThatSaysNothingOfATimerIsRefreshedByUs() {
        SipRequest invite = placed();
        answeredBy(invite, Map.of());
        peer.clock.advance(900_000);
        SipRequest refresh = peer.request("INVITE");
        assertThat(refresh.bodyText()).isEqualTo(invite.bodyText());
    }

    @Test
    void aPeerThatWantsALongerIntervalGetsItInASecondInvite() {
        SipRequest invite = placed();
        SipResponse small = peer.answerTo(invite, 422, "bob", "");
        small.headers().add("Min-SE", "3600");
        peer.send(small);
        peer.request("ACK");
        SipRequest again = peer.request("INVITE");
        assertThat(again.header("Session-Expires")).isEqualTo("3600");
        assertThat(again.header("Min-SE")).isEqualTo("3600");
        assertThat(again.callId()).isEqualTo(invite.callId());
        assertThat(again.fromTag()).isEqualTo(invite.fromTag());
        assertThat(again.cseq().number()).isEqualTo(invite.cseq().number() + 1);
        assertThat(again.topVia().branch()).isNotEqualTo(invite.topVia().branch());
        assertThat(again.headers().count("Contact")).isEqualTo(1);
        assertThat(again.bodyText()).isEqualTo(invite.bodyText());
        answeredBy(again, Map.of("Session-Expires", "3600;refresher=uac"));
        peer.clock.advance(1_800_000);
        assertThat(peer.request("INVITE").cseq().number())
                .isEqualTo(again.cseq().number() + 1);
    }

    @Test
    void aPeerThatIsNeverContentFails() {
        SipRequest invite = placed();
        for (int i = 1; i <= 4; i++) {
            SipResponse small = peer.answerTo(invite, 422, "bob", "");
            small.headers().add("Min-SE", Integer.toString(i * 3_600));
            peer.send(small);
            peer.request("ACK");
            if (i < 4) {
                invite = peer.request("INVITE");
            }
        }
        peer.nothingSent();
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(422);
    }
}
