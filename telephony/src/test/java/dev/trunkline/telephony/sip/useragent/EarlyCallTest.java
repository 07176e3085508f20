package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens before the answer: early media, provisional answers that must not get lost, offers by UPDATE. */
class EarlyCallTest {

    private final RawPeer peer = new RawPeer();

    // ---- we are called

    private void invited(String body, String header, String value) {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of(header, value, "Allow", "UPDATE, PRACK"), body));
    }

    private SipRequest prack(SipResponse provisional, long cseq, String body) {
        return peer.compose(
                "PRACK",
                cseq,
                "prack" + cseq,
                provisional.toTag(),
                Map.of("RAck", provisional.header("RSeq") + " 1 INVITE"),
                body);
    }

    @Test
    void earlyMediaOfAPlainCallerIsSentOnceAndTheAnswerCarriesTheSameDescription() {
        peer.send(peer.invite());
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        assertThat(early.headers().has("RSeq")).isFalse();
        assertThat(early.headers().has("Require")).isFalse();
        peer.clock.advance(5_000);
        peer.nothingSent();
        peer.call().answer(RawPeer.sdp());
        assertThat(peer.response(200).bodyText()).isEqualTo(early.bodyText());
    }

    @Test
    void aCallerWhoCanConfirmGetsEarlyMediaReliablyAndNoDescriptionInTheAnswer() {
        invited(RawPeer.OFFER, "Supported", "100rel");
        peer.call().ring();
        assertThat(peer.response(180).headers().has("RSeq"))
                .as("ringing may get lost")
                .isFalse();
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        assertThat(early.header("Require")).isEqualTo("100rel");
        peer.send(prack(early, 2, ""));
        peer.response(200);
        peer.clock.advance(40_000);
        peer.nothingSent();
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.hasBody()).isFalse();
        peer.send(peer.compose("ACK", 1, "ack1", ok.toTag(), Map.of(), ""));
        assertThat(peer.event(SipCallEvent.Acked.class).answer()).isNull();
    }

    @Test
    void whoWantsEverythingConfirmedGetsRingingReliablyAndInOrder() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().ring();
        peer.call().progress(RawPeer.sdp());
        SipResponse ringing = peer.response(180);
        peer.nothingSent();
        peer.send(prack(ringing, 2, ""));
        peer.response(200);
        SipResponse early = peer.response(183);
        assertThat(Long.parseLong(early.header("RSeq"))).isEqualTo(Long.parseLong(ringing.header("RSeq")) + 1);
    }

    @Test
    void aReliableProvisionalIsRepeatedTwiceAsLateEachTimeAndThen504() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().progress(RawPeer.sdp());
        long begin = peer.next().at();
        for (long after : new long[] {500, 1_500, 3_500, 7_500, 15_500, 31_500}) {
            peer.clock.advance(after - (peer.clock.now() - begin));
            RawPeer.Sent again = peer.next();
            assertThat(again.at() - begin).isEqualTo(after);
            assertThat(again.message().startLine()).startsWith("SIP/2.0 183");
        }
        peer.clock.advance(500);
        peer.response(504);
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(504);
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void theAnswerWaitsForTheConfirmationOfAnEarlyDescription() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        peer.call().answer(RawPeer.sdp());
        peer.nothingSent();
        peer.send(prack(early, 2, ""));
        assertThat(peer.response(200).cseq().method()).isEqualTo("PRACK");
        assertThat(peer.response(200).cseq().method()).isEqualTo("INVITE");
    }

    @Test
    void theAnswerDoesNotWaitForTheConfirmationOfRinging() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().ring();
        SipResponse ringing = peer.response(180);
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.hasBody()).isTrue();
        peer.send(peer.compose("ACK", 1, "ack1", ok.toTag(), Map.of(), ""));
        peer.clock.advance(20_000);
        peer.nothingSent();
        peer.send(prack(ringing, 2, ""));
        peer.response(200);
        peer.send(prack(ringing, 3, ""));
        peer.response(481);
    }

    @Test
    void aPrackForSomethingElseIs481AndTheRepetitionGoesOn() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        SipRequest wrong = prack(early, 2, "");
        wrong.headers().set("RAck", "1 1 INVITE");
        peer.send(wrong);
        peer.response(481);
        peer.clock.advance(500);
        peer.response(183);
    }

    @Test
    void aCallerWithoutAnOfferGetsOursIn183AndAnswersInPrack() {
        invited("", "Supported", "100rel");
        assertThat(peer.call().canOfferEarly()).isTrue();
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        assertThat(early.bodyText()).contains("m=audio");
        peer.send(prack(early, 2, RawPeer.OFFER));
        peer.response(200);
        assertThat(peer.event(SipCallEvent.EarlyAnswer.class).answer()).isNotNull();
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.hasBody()).isFalse();
        peer.send(peer.compose("ACK", 1, "ack1", ok.toTag(), Map.of(), ""));
        assertThat(peer.event(SipCallEvent.Acked.class).answer()).isNull();
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aCallerWithoutAnOfferWhoCannotConfirmGetsNoEarlyOffer() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of(), ""));
        assertThat(peer.call().canOfferEarly()).isFalse();
        peer.call().progress(RawPeer.sdp());
        peer.nothingSent();
        peer.call().answer(RawPeer.sdp());
        assertThat(peer.response(200).hasBody()).isTrue();
    }

    @Test
    void anUpdateBeforeTheAnswerChangesTheEarlyMedia() {
        invited(RawPeer.OFFER, "Supported", "100rel");
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        SipRequest update =
                peer.compose("UPDATE", 2, "u2", early.toTag(), Map.of(), RawPeer.OFFER.replace("40000", "40002"));
        peer.send(update);
        assertThat(peer.response(500).header("Retry-After"))
                .as("our answer is not confirmed yet")
                .isNotNull();
        peer.send(prack(early, 3, ""));
        peer.response(200);
        peer.send(peer.compose("UPDATE", 4, "u4", early.toTag(), Map.of(), RawPeer.OFFER.replace("40000", "40004")));
        SipCallEvent.OfferReceived received = peer.event(SipCallEvent.OfferReceived.class);
        received.reply().accept(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.bodyText()).contains("m=audio");
        assertThat(ok.headers().has("Session-Expires"))
                .as("there is no session yet")
                .isFalse();
    }

    @Test
    void ourOfferBeforeTheAnswerGoesByUpdate() {
        invited(RawPeer.OFFER, "Supported", "100rel");
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        peer.call().reinvite(RawPeer.sdp("sendonly"));
        peer.nothingSent();
        peer.send(prack(early, 2, ""));
        peer.response(200);
        SipRequest update = peer.request("UPDATE");
        assertThat(update.bodyText()).contains("a=sendonly");
        peer.send(peer.answerTo(update, 200, "", RawPeer.OFFER.replace("sendrecv", "recvonly")));
        assertThat(peer.event(SipCallEvent.OfferAnswered.class)).isNotNull();
    }

    @Test
    void aPrackIn481AfterTheCallerHasGoneDoesNoHarm() {
        invited(RawPeer.OFFER, "Require", "100rel");
        peer.call().progress(RawPeer.sdp());
        SipResponse early = peer.response(183);
        peer.send(peer.compose("CANCEL", 1, "inv", "", Map.of(), ""));
        peer.response(200);
        peer.response(487);
        peer.send(peer.compose("ACK", 1, "inv", early.toTag(), Map.of(), ""));
        peer.send(prack(early, 2, ""));
        peer.response(481);
        peer.clock.advance(64_000);
        assertThat(peer.clock.pending()).isZero();
    }

    // ---- we call

    private OutgoingSipCall placed;

    private SipRequest place(boolean offering) {
        Sdp offer = offering ? RawPeer.sdp() : null;
        placed = peer.agent.call(
                CallRequest.to(
                        SipUri.parse("sip:bob@127.0.0.2:5062"),
                        NameAddress.parse("<sip:desk@invalid>"),
                        local -> offer),
                (call, event) -> peer.events.add(event));
        return peer.request("INVITE");
    }

    private SipResponse reliable(SipRequest invite, int status, String tag, long rseq, String body) {
        SipResponse response = peer.answerTo(invite, status, tag, body);
        response.headers().add("Require", "100rel").add("RSeq", Long.toString(rseq));
        response.headers().add("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE, PRACK");
        return response;
    }

    private String inDialog(SipRequest invite, String tag, String method, long cseq, String body) {
        Map<String, String> type = new HashMap<>();
        if (!body.isEmpty()) {
            type.put("Content-Type", "application/sdp");
        }
        StringBuilder text = new StringBuilder(method + " sip:desk@127.0.0.1:5060 SIP/2.0\r\n");
        text.append("Via: SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bK" + method + cseq + "\r\n");
        text.append("From: <sip:bob@127.0.0.2>;tag=" + tag + "\r\n");
        text.append("To: <sip:desk@127.0.0.1>;tag=" + invite.fromTag() + "\r\n");
        text.append("Call-ID: " + invite.callId() + "\r\nCSeq: " + cseq + " " + method + "\r\n");
        text.append("Contact: <sip:bob@127.0.0.2:5062>\r\n");
        type.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        return text.append("\r\n").append(body).toString();
    }

    @Test
    void ourInviteSaysThatWeCanConfirm() {
        assertThat(place(true).header("Supported")).contains("100rel");
    }

    @Test
    void reliableRingingIsConfirmedOnceAndRepetitionsAndGapsAreNot() {
        SipRequest invite = place(true);
        SipResponse ringing = reliable(invite, 180, "bob", 77, "");
        peer.send(ringing);
        SipRequest prack = peer.request("PRACK");
        assertThat(prack.header("RAck")).isEqualTo("77 " + invite.cseq().number() + " INVITE");
        assertThat(prack.cseq().number()).isEqualTo(invite.cseq().number() + 1);
        assertThat(prack.toTag()).isEqualTo("bob");
        peer.send(ringing);
        peer.send(reliable(invite, 183, "bob", 79, RawPeer.OFFER));
        peer.nothingSent();
        assertThat(peer.events).hasSize(1);
        peer.send(reliable(invite, 183, "bob", 78, RawPeer.OFFER));
        assertThat(peer.request("PRACK").header("RAck")).startsWith("78 ");
        assertThat(peer.event(SipCallEvent.EarlyMedia.class).branch()).isEqualTo("bob");
    }

    @Test
    void aPrackIsRepeatedUntilItIsAnswered() {
        SipRequest invite = place(true);
        peer.send(reliable(invite, 180, "bob", 1, ""));
        SipRequest prack = peer.request("PRACK");
        peer.clock.advance(500);
        assertThat(peer.request("PRACK").toBytes()).isEqualTo(prack.toBytes());
        peer.send(peer.answerTo(prack, 200, "", ""));
        peer.clock.advance(10_000);
        peer.nothingSent();
    }

    @Test
    void theAnswerAfterReliableEarlyMediaNeedsNoDescription() {
        SipRequest invite = place(true);
        peer.send(reliable(invite, 183, "bob", 1, RawPeer.OFFER));
        peer.request("PRACK");
        peer.send(peer.answerTo(invite, 200, "bob", ""));
        peer.request("ACK");
        assertThat(peer.event(SipCallEvent.Answered.class).sdp()).isNotNull();
    }

    @Test
    void aCalledSideThatChangesItsMindByUpdateBeforeTheAnswerIsAnsweredAndThatCounts() {
        SipRequest invite = place(true);
        peer.send(reliable(invite, 183, "bob", 1, RawPeer.OFFER));
        SipRequest prack = peer.request("PRACK");
        peer.send(peer.answerTo(prack, 200, "", ""));
        peer.send(inDialog(invite, "bob", "UPDATE", 1, RawPeer.OFFER.replace("40000", "40008")));
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp());
        peer.response(200);
        peer.send(peer.answerTo(invite, 200, "bob", ""));
        peer.request("ACK");
        assertThat(peer.event(SipCallEvent.Answered.class).sdp())
                .as("settled by the UPDATE")
                .isNull();
    }

    @Test
    void ofTwoEarlyDialogsTheOneThatAnswersCountsWhateverTheOtherHasSettled() {
        SipRequest invite = place(true);
        peer.send(reliable(invite, 183, "one", 1, RawPeer.OFFER));
        peer.send(peer.answerTo(peer.request("PRACK"), 200, "", ""));
        peer.send(reliable(invite, 183, "two", 500, RawPeer.OFFER.replace("40000", "40006")));
        assertThat(peer.request("PRACK").toTag()).isEqualTo("two");
        peer.send(inDialog(invite, "one", "UPDATE", 1, RawPeer.OFFER.replace("40000", "40008")));
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp());
        peer.response(200);
        peer.send(peer.answerTo(invite, 200, "two", ""));
        assertThat(peer.request("ACK").toTag()).isEqualTo("two");
        Sdp counts = peer.event(SipCallEvent.Answered.class).sdp();
        assertThat(counts).isNotNull();
        assertThat(counts.media().getFirst().port()).isEqualTo(40_006);
    }

    @Test
    void ourOfferBeforeTheAnswerGoesByUpdateToo() {
        SipRequest invite = place(true);
        peer.send(reliable(invite, 183, "bob", 1, RawPeer.OFFER));
        peer.send(peer.answerTo(peer.request("PRACK"), 200, "", ""));
        placed.reinvite(RawPeer.sdp("sendonly"));
        SipRequest update = peer.request("UPDATE");
        peer.send(peer.answerTo(update, 488, "", ""));
        assertThat(peer.event(SipCallEvent.OfferRefused.class).status()).isEqualTo(488);
        peer.send(peer.answerTo(invite, 200, "bob", ""));
        peer.request("ACK");
        assertThat(peer.event(SipCallEvent.Answered.class)).isNotNull();
    }

    @Test
    void anOfferInAReliable183IsAnsweredInThePrack() {
        SipRequest invite = place(false);
        peer.send(reliable(invite, 183, "bob", 1, RawPeer.OFFER));
        peer.nothingSent();
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp());
        assertThat(peer.request("PRACK").bodyText()).startsWith("v=0");
        peer.send(peer.answerTo(invite, 200, "bob", ""));
        assertThat(peer.request("ACK").hasBody()).isFalse();
        assertThat(peer.event(SipCallEvent.Answered.class).sdp()).isNull();
    }
}
