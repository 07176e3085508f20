package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens between answer and end. */
class RunningCallTest {

    private final RawPeer peer = new RawPeer();
    private final String tag = peer.established();

    private SipRequest inDialog(String method, long cseq, String body) {
        return peer.compose(method, cseq, method + cseq, tag, Map.of(), body);
    }

    private static String hold(String direction) {
        return RawPeer.OFFER.replace("sendrecv", direction);
    }

    private void peerOffers(long cseq, String body, String answerDirection) {
        peer.send(inDialog("INVITE", cseq, body));
        ((SipCallEvent.OfferReceived) peer.events.getLast()).reply().accept(RawPeer.sdp(answerDirection));
        peer.response(200);
        peer.send(peer.compose("ACK", cseq, "ack" + cseq, tag, Map.of(), ""));
    }

    @Test
    void thePeerHangsUp() {
        peer.send(peer.compose("BYE", 2, "bye", tag, Map.of("Reason", "Q.850;cause=16"), ""));
        peer.response(200);
        assertThat(peer.events.getLast())
                .isEqualTo(new SipCallEvent.HungUp(Party.REMOTE, new CallCause("Q.850", 16, "")));
        peer.send(peer.compose("BYE", 2, "bye", tag, Map.of("Reason", "Q.850;cause=16"), ""));
        peer.response(200);
        assertThat(peer.events).hasSize(2);
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void weHangUpAndAByeOfThePeerThatCrossesOursIsAnswered() {
        peer.call().hangUp(CallCause.NORMAL);
        SipRequest bye = peer.request("BYE");
        peer.send(inDialog("BYE", 2, ""));
        peer.response(200);
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.HungUp(Party.LOCAL, CallCause.NORMAL));
        peer.send(peer.answerTo(bye, 200, "", ""));
        peer.clock.advance(64_000);
        peer.nothingSent();
        assertThat(peer.clock.pending()).isZero();
    }

    @Test
    void aByeThatNobodyAnswersIsRepeatedAndThenTheCallIsForgotten() {
        peer.call().hangUp(CallCause.NORMAL);
        peer.clock.advance(64_000);
        assertThat(peer.sent).hasSize(11);
        assertThat(peer.agent.callCount()).isZero();
        peer.sent.clear();
        peer.send(inDialog("OPTIONS", 3, ""));
        peer.response(481);
    }

    @Test
    void holdAndResumeAreToldOnceEachForEveryWayOfHolding() {
        long cseq = 2;
        for (String way : List.of(
                hold("sendonly"), hold("inactive"), RawPeer.OFFER.replace("c=IN IP4 127.0.0.2", "c=IN IP4 0.0.0.0"))) {
            peer.events.clear();
            peerOffers(cseq++, way, "recvonly");
            peerOffers(cseq++, way, "recvonly");
            peerOffers(cseq++, RawPeer.OFFER, "sendrecv");
            assertThat(peer.events.stream()
                            .filter(event ->
                                    event instanceof SipCallEvent.Held || event instanceof SipCallEvent.Resumed))
                    .containsExactly(new SipCallEvent.Held(), new SipCallEvent.Resumed());
        }
    }

    @Test
    void aRefusedOfferChangesNothing() {
        peer.send(inDialog("INVITE", 2, hold("sendonly")));
        peer.event(SipCallEvent.OfferReceived.class).reply().reject(488, "");
        SipResponse refusal = peer.response(488);
        assertThat(refusal.toTag()).isEqualTo(tag);
        assertThat(peer.events).noneMatch(SipCallEvent.Held.class::isInstance);
        peer.send(inDialog("OPTIONS", 3, ""));
        peer.response(200);
    }

    @Test
    void aReinviteWithoutAnOfferGetsOurs() {
        peer.send(inDialog("INVITE", 2, ""));
        SipCallEvent.OfferReceived received = peer.event(SipCallEvent.OfferReceived.class);
        assertThat(received.offer()).isNull();
        received.reply().accept(RawPeer.sdp());
        assertThat(peer.response(200).bodyText()).contains("m=audio");
        peer.send(peer.compose("ACK", 2, "ack2", tag, Map.of(), hold("sendonly")));
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.Held());
        SipCallEvent.Acked acked = (SipCallEvent.Acked) peer.events.get(peer.events.size() - 2);
        assertThat(acked.answer()).isNotNull();
    }

    @Test
    void aReinviteThatIsTakenBackIs487() {
        peer.send(inDialog("INVITE", 2, RawPeer.OFFER));
        SipCallEvent.OfferReceived received = peer.event(SipCallEvent.OfferReceived.class);
        peer.send(peer.compose("CANCEL", 2, "INVITE2", tag, Map.of(), ""));
        peer.response(200);
        peer.response(487);
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.OfferWithdrawn());
        received.reply().accept(RawPeer.sdp());
        peer.nothingSent();
    }

    @Test
    void aSecondReinviteBeforeTheFirstIsAnsweredIs500WithATime() {
        peer.send(inDialog("INVITE", 2, RawPeer.OFFER));
        peer.send(inDialog("INVITE", 3, RawPeer.OFFER));
        int wait = Integer.parseInt(peer.response(500).header("Retry-After"));
        assertThat(wait).isBetween(0, 10);
    }

    @Test
    void updateRefreshesAndRenegotiates() {
        peer.send(inDialog("UPDATE", 2, ""));
        peer.response(200);
        peer.send(inDialog("UPDATE", 3, hold("inactive")));
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp("inactive"));
        SipResponse ok = peer.response(200);
        assertThat(ok.header("Contact")).isNotNull();
        assertThat(ok.bodyText()).contains("a=inactive");
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.Held());
    }

    @Test
    void weOfferAndThePeerAnswers() {
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        SipRequest invite = peer.request("INVITE");
        assertThat(invite.cseq().number()).isEqualTo(1);
        assertThat(invite.toTag()).isEqualTo("ann");
        SipResponse ok = peer.answerTo(invite, 200, "", hold("recvonly"));
        peer.send(ok);
        SipRequest ack = peer.request("ACK");
        assertThat(ack.cseq().toString()).isEqualTo("1 ACK");
        assertThat(ack.topVia().branch()).isNotEqualTo(invite.topVia().branch());
        peer.event(SipCallEvent.OfferAnswered.class);
        peer.send(ok);
        peer.request("ACK");
        assertThat(peer.events.stream().filter(SipCallEvent.OfferAnswered.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aReinviteOfThePeerWhileOursIsOutIs491AndOursWaitsBetween0And2SecondsAfterA491() {
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        SipRequest ours = peer.request("INVITE");
        peer.send(inDialog("INVITE", 2, RawPeer.OFFER));
        peer.response(491);
        peer.send(peer.compose("ACK", 2, "INVITE2", tag, Map.of(), ""));
        peer.send(peer.answerTo(ours, 491, "", ""));
        peer.request("ACK");
        long before = peer.clock.now();
        peer.clock.advance(2_001);
        RawPeer.Sent again = peer.next();
        assertThat(again.at() - before).isBetween(0L, 2_000L);
        assertThat(((SipRequest) again.message()).method()).isEqualTo("INVITE");
        assertThat(again.message().cseq().number()).isEqualTo(2);
        peer.send(peer.answerTo((SipRequest) again.message(), 200, "", hold("recvonly")));
        peer.event(SipCallEvent.OfferAnswered.class);
    }

    @Test
    void anOfferOfOursWaitsUntilThatOfThePeerIsSettled() {
        peer.send(inDialog("INVITE", 2, RawPeer.OFFER));
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        peer.nothingSent();
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp());
        peer.response(200);
        peer.nothingSent();
        peer.send(peer.compose("ACK", 2, "ack2", tag, Map.of(), ""));
        peer.request("INVITE");
    }

    @Test
    void aRefusedOfferOfOursLeavesTheCallAsItWas() {
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        peer.send(peer.answerTo(peer.request("INVITE"), 488, "", ""));
        assertThat(peer.event(SipCallEvent.OfferRefused.class).status()).isEqualTo(488);
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aPeerThatNoLongerKnowsTheCallEndsIt() {
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        peer.send(peer.answerTo(peer.request("INVITE"), 481, "", ""));
        peer.request("ACK");
        peer.request("BYE");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.NETWORK);
    }

    @Test
    void digitsOfBothBodyTypesAreTaken() {
        record Case(String type, String body, char digit, long millis) {}
        long cseq = 2;
        for (Case each : List.of(
                new Case("application/dtmf-relay", "Signal=5\r\nDuration=160", '5', 160),
                new Case("application/dtmf-relay", "Signal= *\r\nDuration= 250\r\n", '*', 250),
                new Case("application/dtmf-relay; charset=utf-8", "signal=11", '#', 160),
                new Case("application/dtmf", "7", '7', 160),
                new Case("application/dtmf", "Signal=d", 'D', 160))) {
            peer.events.clear();
            peer.send(peer.compose("INFO", cseq, "i" + cseq, tag, Map.of("Content-Type", each.type()), each.body()));
            cseq++;
            peer.response(200);
            assertThat(peer.events)
                    .containsExactly(new SipCallEvent.InfoDigit(each.digit(), Duration.ofMillis(each.millis())));
        }
    }

    @Test
    void anInfoWithoutADigitIs400AndOneOfAnotherTypeIs415AndAnEmptyOneIsTaken() {
        peer.send(peer.compose("INFO", 2, "a", tag, Map.of("Content-Type", "application/dtmf"), "hello"));
        peer.response(400);
        peer.send(peer.compose("INFO", 3, "b", tag, Map.of("Content-Type", "application/media_control+xml"), "<x/>"));
        peer.response(415);
        peer.send(inDialog("INFO", 4, ""));
        peer.response(200);
    }

    @Test
    void ourDigitsGoOutOneAfterTheOther() {
        peer.call().sendInfoDigit('1', Duration.ofMillis(100));
        peer.call().sendInfoDigit('2', Duration.ofMillis(100));
        SipRequest first = peer.request("INFO");
        assertThat(first.bodyText()).isEqualTo("Signal=1\r\nDuration=100\r\n");
        peer.nothingSent();
        peer.send(peer.answerTo(first, 200, "", ""));
        assertThat(peer.request("INFO").bodyText()).startsWith("Signal=2");
    }

    @Test
    void aRequestWithAnOldSequenceNumberIs500() {
        peer.send(inDialog("OPTIONS", 9, ""));
        peer.response(200);
        peer.send(inDialog("INFO", 8, ""));
        peer.response(500);
    }

    @Test
    void anUnknownMethodInsideACallIs405AndTheCallGoesOn() {
        peer.send(inDialog("MESSAGE", 2, ""));
        assertThat(peer.response(405).header("Allow")).contains("UPDATE");
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aPeerThatMovesIsFollowed() {
        SipRequest moved = inDialog("UPDATE", 2, "");
        moved.headers().set("Contact", "<sip:ann@127.0.0.8:5099>");
        peer.send(moved);
        peer.response(200);
        peer.call().hangUp(CallCause.NORMAL);
        assertThat(peer.next().to().address().getPort()).isEqualTo(5099);
    }
}
