package dev.trunkline.telephony.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.Via;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ServerTransactionTest {

    private static final String BRANCH = "z9hG4bK-1";

    private final Wire wire = new Wire();

    private ServerTransaction arrive(String method) {
        wire.arrive(method, BRANCH, TransportProtocol.UDP);
        return wire.requests.getLast();
    }

    private int lastStatus() {
        return ((SipResponse) wire.sent.getLast()).status();
    }

    @Test
    void aHundredGoesOutByItselfWithin200Milliseconds() {
        arrive("INVITE");
        wire.clock.advance(200);
        assertThat(wire.sent).hasSize(1);
        assertThat(lastStatus()).isEqualTo(100);
        assertThat(((SipResponse) wire.sent.getFirst()).toTag()).isEmpty();
    }

    @Test
    void aQuickAnswerNeedsNoHundred() {
        arrive("INVITE").respond(180, "t");
        wire.clock.advance(1_000);
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void aRepeatedInviteGetsTheLastProvisionalResponseAgainAndReachesTheUserOnce() {
        ServerTransaction transaction = arrive("INVITE");
        wire.arrive("INVITE", BRANCH, TransportProtocol.UDP);
        assertThat(lastStatus()).isEqualTo(100);
        transaction.respond(180, "t");
        wire.arrive("INVITE", BRANCH, TransportProtocol.UDP);
        assertThat(lastStatus()).isEqualTo(180);
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void timerGRepeatsARefusalUpToT2AndTimerHGivesUp() {
        arrive("INVITE").respond(486, "t");
        wire.clock.advance(40_000);
        assertThat(wire.drainTimes())
                .containsExactly(
                        0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
        assertThat(wire.layer.size()).isZero();
        assertThat(wire.clock.pending()).isZero();
    }

    @Test
    void theAckStopsTimerGAndTimerIAbsorbsRepeatedAcks() {
        arrive("INVITE").respond(486, "t");
        wire.clock.advance(600);
        wire.arrive("ACK", BRANCH, TransportProtocol.UDP);
        wire.drainTimes();
        wire.clock.advance(4_999);
        wire.arrive("ACK", BRANCH, TransportProtocol.UDP);
        assertThat(wire.drainTimes()).isEmpty();
        assertThat(wire.acks).as("the ACK of a refusal ends here").isEmpty();
        assertThat(wire.layer.size()).isEqualTo(1);
        wire.clock.advance(1);
        assertThat(wire.layer.size()).as("timer I").isZero();
    }

    @Test
    void overTcpARefusalIsSentOnceAndTimerIIsZero() {
        wire.arrive("INVITE", BRANCH, TransportProtocol.TCP);
        wire.requests.getLast().respond(486, "t");
        wire.clock.advance(5_000);
        assertThat(wire.drainTimes()).containsExactly(0L);
        wire.arrive("ACK", BRANCH, TransportProtocol.TCP);
        assertThat(wire.layer.size()).isZero();
    }

    @Test
    void afterA2xxTimerLAbsorbsRepeatedInvitesAndTheAckGoesToTheUser() {
        ServerTransaction transaction = arrive("INVITE");
        transaction.respond(200, "t");
        wire.clock.advance(1_000);
        wire.arrive("INVITE", BRANCH, TransportProtocol.UDP);
        assertThat(wire.drainTimes()).as("the user agent repeats the 2xx").containsExactly(0L);
        wire.arrive("ACK", "z9hG4bK-2", TransportProtocol.UDP);
        wire.arrive("ACK", BRANCH, TransportProtocol.UDP);
        assertThat(wire.acks).hasSize(2);
        wire.clock.advance(31_000);
        assertThat(wire.layer.size()).as("timer L").isZero();
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void timerJAnswersRepetitionsFor32Seconds() {
        ServerTransaction transaction = arrive("BYE");
        wire.arrive("BYE", BRANCH, TransportProtocol.UDP);
        assertThat(wire.sent).as("nothing to repeat yet").isEmpty();
        transaction.respond(200, "t");
        wire.clock.advance(31_999);
        wire.arrive("BYE", BRANCH, TransportProtocol.UDP);
        assertThat(wire.drainTimes()).containsExactly(0L, 31_999L);
        wire.clock.advance(1);
        assertThat(wire.layer.size()).as("timer J").isZero();
    }

    @Test
    void timerJIsZeroOverTcp() {
        wire.arrive("BYE", BRANCH, TransportProtocol.TCP);
        wire.requests.getLast().respond(200, "t");
        assertThat(wire.layer.size()).isZero();
    }

    @Test
    void aSecondFinalResponseIsNotSent() {
        ServerTransaction invite = arrive("INVITE");
        invite.respond(486, "t");
        invite.respond(200, "t");
        assertThat(wire.sent).hasSize(1);
        wire.arrive("BYE", "z9hG4bK-9", TransportProtocol.UDP);
        ServerTransaction bye = wire.requests.getLast();
        bye.respond(200, "t");
        bye.respond(500, "t");
        assertThat(wire.sent).hasSize(2);
    }

    @Test
    void theSameRequestByAnotherBranchIsMerged() {
        assertThat(arrive("INVITE").isMerged()).isFalse();
        wire.arrive("INVITE", "z9hG4bK-other", TransportProtocol.UDP);
        assertThat(wire.requests.getLast().isMerged()).isTrue();
    }

    @Test
    void aPeerOfRfc2543IsMatchedWithoutTheMagicCookie() {
        wire.arrive("INVITE", "1", TransportProtocol.UDP);
        wire.arrive("INVITE", "1", TransportProtocol.UDP);
        assertThat(wire.requests).hasSize(1);
        wire.requests.getLast().respond(486, "t");
        wire.arrive("ACK", "1", TransportProtocol.UDP);
        assertThat(wire.acks).isEmpty();
    }

    @Test
    void aCancelFindsItsInvite() {
        arrive("INVITE");
        wire.arrive("CANCEL", BRANCH, TransportProtocol.UDP);
        assertThat(wire.layer.invitedBy(wire.requests.getLast().request())).isSameAs(wire.requests.getFirst());
        wire.arrive("CANCEL", "z9hG4bK-none", TransportProtocol.UDP);
        assertThat(wire.layer.invitedBy(wire.requests.getLast().request())).isNull();
    }

    @Test
    void theResponseGoesToTheSourcePortIfTheSenderAsksForItElseToThePortOfTheVia() {
        Hop source = new Hop(TransportProtocol.UDP, new InetSocketAddress("127.0.0.9", 40_000));
        Via plain = Via.parse("SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bKa");
        assertThat(TransactionLayer.replyHop(plain, source).address())
                .isEqualTo(new InetSocketAddress("127.0.0.9", 5070));
        Via without = Via.parse("SIP/2.0/UDP pc33.example.com;branch=z9hG4bKa");
        assertThat(TransactionLayer.replyHop(without, source).address())
                .isEqualTo(new InetSocketAddress("127.0.0.9", 5060));
        Via rport = Via.parse("SIP/2.0/UDP 10.0.0.1:5070;rport;branch=z9hG4bKa");
        assertThat(TransactionLayer.replyHop(rport, source)).isEqualTo(source);
    }

    @Test
    void theSourceIsNotedInTheTopmostViaAlone() {
        var request = Wire.parse("OPTIONS sip:b@127.0.0.1 SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 10.0.0.1:5070;rport;branch=z9hG4bKa, SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb\r\n"
                + "Via: SIP/2.0/UDP 10.0.0.3;branch=z9hG4bKc\r\n"
                + "From: <sip:a@b>;tag=1\r\nTo: <sip:b@b>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n");
        wire.layer.onRequest(request, new Hop(TransportProtocol.UDP, new InetSocketAddress("127.0.0.9", 40_000)));
        wire.requests.getLast().respond(200, "t");
        SipResponse response = (SipResponse) wire.sent.getLast();
        assertThat(response.topVia().received()).isEqualTo("127.0.0.9");
        assertThat(response.topVia().parameters().get("rport")).isEqualTo("40000");
        assertThat(response.headers().list("Via")).hasSize(3);
        assertThat(response.headers().list("Via").get(1)).isEqualTo("SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKb");
        assertThat(response.headers().list("Via").get(2)).isEqualTo("SIP/2.0/UDP 10.0.0.3;branch=z9hG4bKc");
    }
}
