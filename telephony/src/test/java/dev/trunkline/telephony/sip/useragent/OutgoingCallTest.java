package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingCallTest {

    private RawPeer peer = new RawPeer();

    private static CallRequest request() {
        return CallRequest.to(
                SipUri.parse("sip:bob@127.0.0.2:5062"),
                NameAddress.parse("\"Reception\" <sip:desk@invalid>"),
                local -> RawPeer.sdp());
    }

    private OutgoingSipCall place(CallRequest request) {
        return peer.agent.call(request, (call, event) -> peer.events.add(event));
    }

    private SipRequest placed() {
        place(request());
        return peer.request("INVITE");
    }

    @Test
    void aCallIsRungAnsweredAndAcknowledged() {
        SipRequest invite = placed();
        assertThat(invite.uri().toString()).isEqualTo("sip:bob@127.0.0.2:5062");
        assertThat(invite.from().uri().toString()).isEqualTo("sip:desk@127.0.0.1");
        assertThat(invite.header("Contact")).isEqualTo("<sip:desk@127.0.0.1:5060>");
        assertThat(invite.topVia().sentBy().toString()).isEqualTo("127.0.0.1:5060");
        assertThat(invite.topVia().wantsSourcePort()).isTrue();
        assertThat(invite.header("Max-Forwards")).isEqualTo("70");
        peer.send(peer.answerTo(invite, 100, "", ""));
        assertThat(peer.events).isEmpty();
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        assertThat(peer.events).containsExactly(new SipCallEvent.Ringing(180, "As Asked"));
        SipResponse ok = peer.answerTo(invite, 200, "bob", RawPeer.OFFER);
        peer.send(ok);
        SipRequest ack = peer.request("ACK");
        assertThat(ack.uri().toString()).isEqualTo("sip:bob@127.0.0.2:5062");
        assertThat(ack.toTag()).isEqualTo("bob");
        assertThat(ack.cseq().number()).isEqualTo(invite.cseq().number());
        assertThat(peer.event(SipCallEvent.Answered.class).sdp()).isNotNull();
        peer.send(ok);
        assertThat(peer.request("ACK").toBytes()).as("the very same ACK").isEqualTo(ack.toBytes());
        assertThat(peer.events.stream().filter(SipCallEvent.Answered.class::isInstance))
                .hasSize(1);
        peer.clock.advance(300_000);
        peer.nothingSent();
    }

    @Test
    void earlyMediaIsToldWithTheBranchThatSendsIt() {
        SipRequest invite = placed();
        peer.send(peer.answerTo(invite, 183, "bob", RawPeer.OFFER));
        assertThat(peer.event(SipCallEvent.EarlyMedia.class).branch()).isEqualTo("bob");
    }

    @Test
    void ofAForkedCallTheFirstAnswerWinsAndTheOtherIsAcknowledgedAndEnded() {
        SipRequest invite = placed();
        peer.send(peer.answerTo(invite, 180, "one", ""));
        peer.send(peer.answerTo(invite, 183, "two", RawPeer.OFFER));
        peer.send(peer.answerTo(invite, 200, "two", RawPeer.OFFER));
        assertThat(peer.request("ACK").toTag()).isEqualTo("two");
        SipResponse late = peer.answerTo(invite, 200, "one", RawPeer.OFFER);
        peer.send(late);
        assertThat(peer.request("ACK").toTag()).isEqualTo("one");
        SipRequest bye = peer.request("BYE");
        assertThat(bye.toTag()).isEqualTo("one");
        peer.send(late);
        assertThat(peer.request("ACK").toTag()).isEqualTo("one");
        peer.send(peer.answerTo(bye, 200, "", ""));
        assertThat(peer.events.stream().filter(SipCallEvent.Answered.class::isInstance))
                .hasSize(1);
        assertThat(peer.events).noneMatch(SipCallEvent.Ended.class::isInstance);
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aCallThatIsTakenBackWhileItRingsIsCancelled() {
        OutgoingSipCall call = place(request());
        SipRequest invite = peer.request("INVITE");
        call.cancel();
        peer.nothingSent();
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        SipRequest cancel = peer.request("CANCEL");
        assertThat(cancel.topVia()).isEqualTo(invite.topVia());
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        peer.nothingSent();
        peer.send(peer.answerTo(cancel, 200, "bob", ""));
        assertThat(peer.events).isEmpty();
        peer.send(peer.answerTo(invite, 487, "bob", ""));
        peer.request("ACK");
        assertThat(peer.events).containsExactly(new SipCallEvent.Cancelled(Party.LOCAL, CallCause.NORMAL));
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void anAnswerThatCrossesOurCancelIsAcknowledgedAndEnded() {
        OutgoingSipCall call = place(request());
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        call.cancel();
        peer.request("CANCEL");
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        peer.request("BYE");
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.Cancelled(Party.LOCAL, CallCause.NORMAL));
        assertThat(peer.events).noneMatch(SipCallEvent.Answered.class::isInstance);
    }

    @Test
    void aBusyOrDecliningPeerIsTold() {
        for (int status : new int[] {486, 603, 404, 503}) {
            peer.events.clear();
            SipRequest invite = placed();
            peer.send(peer.answerTo(invite, status, "bob", ""));
            peer.request("ACK");
            SipCallEvent.Failed failed = peer.event(SipCallEvent.Failed.class);
            assertThat(failed.status()).isEqualTo(status);
            assertThat(failed.by()).isEqualTo(Party.REMOTE);
        }
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void aRedirectionTellsWhereElseToTry() {
        SipRequest invite = placed();
        SipResponse moved = peer.answerTo(invite, 302, "bob", "");
        moved.headers().set("Contact", "<sip:bob@192.0.2.7>;q=0.5");
        peer.send(moved);
        assertThat(peer.event(SipCallEvent.Failed.class).contacts()).containsExactly("sip:bob@192.0.2.7");
    }

    @Test
    void aPeerThatNeverAnswersIs408After32Seconds() {
        placed();
        peer.clock.advance(31_999);
        assertThat(peer.events).isEmpty();
        peer.clock.advance(1);
        assertThat(peer.events.getLast())
                .isEqualTo(new SipCallEvent.Failed(408, "no response", Party.NETWORK, java.util.List.of()));
    }

    @Test
    void aPeerThatRingsForeverIsCancelledWhenPatienceEnds() {
        place(request().ringingFor(Duration.ofSeconds(20)));
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        peer.clock.advance(20_000);
        peer.request("CANCEL");
        peer.send(peer.answerTo(invite, 487, "bob", ""));
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(408);
        assertThat(peer.event(SipCallEvent.Failed.class).by()).isEqualTo(Party.LOCAL);
    }

    @Test
    void aCallThatCannotBeSentFailsAtOnce() {
        peer.networkDown = true;
        place(request());
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(503);
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void anOutboundProxyIsTheFirstHopAndStandsInRoute() {
        peer = new RawPeer(SipSettings.on(new InetSocketAddress("127.0.0.1", 5060))
                .withOutboundProxy(SipUri.parse("sip:127.0.0.3:5070")));
        place(CallRequest.to(
                SipUri.parse("sip:bob@example.com"),
                NameAddress.parse("<sip:desk@example.com>"),
                local -> RawPeer.sdp()));
        RawPeer.Sent sent = peer.next();
        assertThat(sent.to().address()).isEqualTo(new InetSocketAddress("127.0.0.3", 5070));
        SipRequest invite = (SipRequest) sent.message();
        assertThat(invite.uri().toString()).isEqualTo("sip:bob@example.com");
        assertThat(invite.header("Route")).isEqualTo("<sip:127.0.0.3:5070;lr>");
        assertThat(invite.from().uri().toString()).isEqualTo("sip:desk@example.com");
    }

    @Test
    void theRouteOfTheAnswerIsTakenByAckAndBye() {
        OutgoingSipCall call = place(request());
        SipRequest invite = peer.request("INVITE");
        SipResponse ok = peer.answerTo(invite, 200, "bob", RawPeer.OFFER);
        ok.headers().add("Record-Route", "<sip:127.0.0.4;lr>").add("Record-Route", "<sip:127.0.0.3:5070;lr>");
        peer.send(ok);
        RawPeer.Sent ack = peer.next();
        assertThat(ack.to().address().getPort()).isEqualTo(5070);
        assertThat(ack.message().headers().all("Route"))
                .containsExactly("<sip:127.0.0.3:5070;lr>", "<sip:127.0.0.4;lr>");
        call.hangUp(CallCause.NORMAL);
        assertThat(peer.next().to().address().getPort()).isEqualTo(5070);
    }

    @Test
    void aCallWithoutAnOfferAnswersThePeersOneInTheAck() {
        place(CallRequest.to(
                SipUri.parse("sip:bob@127.0.0.2:5062"), NameAddress.parse("<sip:desk@invalid>"), local -> null));
        SipRequest invite = peer.request("INVITE");
        assertThat(invite.hasBody()).isFalse();
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.nothingSent();
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp());
        assertThat(peer.request("ACK").bodyText()).startsWith("v=0");
        assertThat(peer.event(SipCallEvent.Answered.class).sdp()).isNull();
    }

    @Test
    void anAnswerWithoutMediaIsAcknowledgedAndEnded() {
        SipRequest invite = placed();
        peer.send(peer.answerTo(invite, 200, "bob", ""));
        peer.request("ACK");
        assertThat(peer.request("BYE").header("Reason")).contains("488");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.LOCAL);
    }

    @Test
    void thePeerHangsUpAndHoldsACallThatWePlaced() {
        SipRequest invite = placed();
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        String from = invite.fromTag();
        String head = "Via: SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bK%s\nFrom: <sip:bob@127.0.0.2>;tag=bob\n"
                + "To: <sip:desk@127.0.0.1>;tag=" + from + "\nCall-ID: " + invite.callId()
                + "\nContact: <sip:bob@127.0.0.2:5062>\n";
        peer.send("INVITE sip:desk@127.0.0.1 SIP/2.0\n" + head.formatted("1")
                + "CSeq: 1 INVITE\nContent-Type: application/sdp\n\n"
                + RawPeer.OFFER.replace("sendrecv", "sendonly"));
        peer.event(SipCallEvent.OfferReceived.class).reply().accept(RawPeer.sdp("recvonly"));
        peer.response(200);
        assertThat(peer.events.getLast()).isEqualTo(new SipCallEvent.Held());
        peer.send("BYE sip:desk@127.0.0.1 SIP/2.0\n" + head.formatted("2") + "CSeq: 2 BYE\n\n");
        assertThat(peer.response(200).cseq().method()).isEqualTo("BYE");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.REMOTE);
    }

    @Test
    void anUpdateWhileOurOfferWaitsIsACollision() {
        SipRequest invite = placed();
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        peer.send("UPDATE sip:desk@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKu\n"
                + "From: <sip:bob@127.0.0.2>;tag=bob\nTo: <sip:desk@127.0.0.1>;tag=" + invite.fromTag()
                + "\nCall-ID: " + invite.callId() + "\nContact: <sip:bob@127.0.0.2:5062>\nCSeq: 1 UPDATE\n"
                + "Content-Type: application/sdp\n\n" + RawPeer.OFFER);
        peer.response(491);
    }

    @Test
    void theOwnerOfTheCallIdWaits2To4SecondsAfterA491() {
        OutgoingSipCall call = place(request());
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        call.reinvite(RawPeer.sdp("sendonly"));
        peer.send(peer.answerTo(peer.request("INVITE"), 491, "", ""));
        peer.request("ACK");
        long before = peer.clock.now();
        peer.clock.advance(2_099);
        peer.nothingSent();
        peer.clock.advance(1_901);
        assertThat(peer.next().at() - before).isBetween(2_100L, 4_000L);
    }

    @Test
    void moreHeadersGoIntoTheInvite() {
        place(request()
                .withHeaders(Map.of("P-Asserted-Identity", "<sip:+4930123@example.com>"))
                .withMaxForwards(69));
        SipRequest invite = peer.request("INVITE");
        assertThat(invite.header("P-Asserted-Identity")).isEqualTo("<sip:+4930123@example.com>");
        assertThat(invite.header("Max-Forwards")).isEqualTo("69");
    }

    @Test
    void aHostThatNobodyKnowsCannotBeReached() {
        place(CallRequest.to(
                SipUri.parse("sip:bob@nowhere.example"),
                NameAddress.parse("<sip:desk@invalid>"),
                local -> RawPeer.sdp()));
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(503);
        peer.nothingSent();
    }

    @Test
    void aTransportThatWeDoNotHaveIsNotGuessed() {
        place(CallRequest.to(
                SipUri.parse("sip:bob@127.0.0.2;transport=tcp"),
                NameAddress.parse("<sip:desk@invalid>"),
                local -> RawPeer.sdp()));
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(503);
        peer.nothingSent();
    }
}
