package dev.trunkline.telephony.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import org.junit.jupiter.api.Test;

class ClientTransactionTest {

    private final Wire wire = new Wire();

    private InviteClientTransaction invite() {
        return wire.layer.invite(Wire.unsent("INVITE"), Wire.hop(TransportProtocol.UDP), wire);
    }

    private ClientTransaction bye(TransportProtocol protocol) {
        return wire.layer.request(Wire.unsent("BYE"), Wire.hop(protocol), wire);
    }

    @Test
    void timerADoublesAndTimerBGivesUpAfter32Seconds() {
        invite();
        wire.clock.advance(40_000);
        assertThat(wire.drainTimes()).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
        assertThat(wire.failures).containsExactly(ClientListener.Failure.TIMED_OUT);
        assertThat(wire.layer.size()).isZero();
        assertThat(wire.clock.pending()).isZero();
    }

    @Test
    void aProvisionalResponseStopsTimersAAndB() {
        SipRequest request = invite().request();
        wire.clock.advance(600);
        wire.answer(request, 180);
        wire.clock.advance(100_000);
        assertThat(wire.drainTimes()).containsExactly(0L, 500L);
        assertThat(wire.failures).isEmpty();
        assertThat(wire.responses).hasSize(1);
    }

    @Test
    void overTcpAnInviteIsSentOnce() {
        wire.layer.invite(Wire.unsent("INVITE"), Wire.hop(TransportProtocol.TCP), wire);
        wire.clock.advance(40_000);
        assertThat(wire.drainTimes()).containsExactly(0L);
        assertThat(wire.failures).containsExactly(ClientListener.Failure.TIMED_OUT);
    }

    @Test
    void aRefusalIsAcknowledgedWithTheBranchOfTheInviteAndItsRepetitionsTooForTimerD() {
        SipRequest request = invite().request();
        wire.answer(request, 486);
        assertThat(wire.sent).hasSize(2);
        SipRequest ack = (SipRequest) wire.sent.getLast();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.topVia().branch()).isEqualTo(request.topVia().branch());
        assertThat(ack.toTag()).isEqualTo("t486");
        assertThat(ack.cseq().toString()).isEqualTo("1 ACK");
        wire.clock.advance(31_000);
        wire.answer(request, 486);
        assertThat(wire.sent).hasSize(3);
        assertThat(wire.responses).as("the user hears it once").hasSize(1);
        wire.clock.advance(1_000);
        assertThat(wire.layer.size()).as("timer D").isZero();
        wire.answer(request, 486);
        assertThat(wire.sent).hasSize(3);
    }

    @Test
    void timerDIsZeroOverTcp() {
        SipRequest request = wire.layer
                .invite(Wire.unsent("INVITE"), Wire.hop(TransportProtocol.TCP), wire)
                .request();
        wire.answer(request, 486);
        assertThat(wire.layer.size()).isZero();
    }

    @Test
    void everyFurther2xxReachesTheUserUntilTimerM() {
        SipRequest request = invite().request();
        wire.answer(request, 200, "one");
        wire.answer(request, 200, "one");
        wire.answer(request, 200, "two");
        assertThat(wire.responses).hasSize(3);
        assertThat(wire.sent).as("the ACK of a 2xx is the user's").hasSize(1);
        wire.clock.advance(32_000);
        assertThat(wire.layer.size()).as("timer M").isZero();
        wire.answer(request, 200, "three");
        assertThat(wire.strays).hasSize(1);
    }

    @Test
    void timerEDoublesUpToT2AndTimerFGivesUp() {
        bye(TransportProtocol.UDP);
        wire.clock.advance(40_000);
        assertThat(wire.drainTimes())
                .containsExactly(
                        0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
        assertThat(wire.failures).containsExactly(ClientListener.Failure.TIMED_OUT);
        assertThat(wire.layer.size()).isZero();
    }

    @Test
    void afterAProvisionalResponseTimerEIsT2() {
        SipRequest request = bye(TransportProtocol.UDP).request();
        wire.clock.advance(100);
        wire.answer(request, 100);
        wire.clock.advance(12_900);
        assertThat(wire.drainTimes()).containsExactly(0L, 500L, 4_500L, 8_500L, 12_500L);
    }

    @Test
    void timerKAbsorbsRepeatedResponsesFor5Seconds() {
        SipRequest request = bye(TransportProtocol.UDP).request();
        wire.answer(request, 200);
        wire.clock.advance(4_999);
        wire.answer(request, 200);
        assertThat(wire.responses).hasSize(1);
        assertThat(wire.layer.size()).isEqualTo(1);
        wire.clock.advance(1);
        assertThat(wire.layer.size()).isZero();
        assertThat(wire.drainTimes()).containsExactly(0L);
    }

    @Test
    void timerKIsZeroOverTcp() {
        SipRequest request = bye(TransportProtocol.TCP).request();
        wire.answer(request, 200);
        assertThat(wire.layer.size()).isZero();
    }

    @Test
    void aMessageThatTheNetworkRefusesFailsAtOnce() {
        wire.down = true;
        invite();
        bye(TransportProtocol.UDP);
        assertThat(wire.failures).containsExactly(ClientListener.Failure.NOT_SENT, ClientListener.Failure.NOT_SENT);
    }

    @Test
    void aCancelWaitsForAProvisionalResponseAndRepeatsTheBranch() {
        InviteClientTransaction invite = invite();
        assertThat(invite.cancel()).isFalse();
        wire.answer(invite.request(), 100, "");
        assertThat(invite.cancel()).isTrue();
        SipRequest cancel = (SipRequest) wire.sent.getLast();
        assertThat(cancel.method()).isEqualTo("CANCEL");
        assertThat(cancel.topVia()).isEqualTo(invite.request().topVia());
        assertThat(cancel.uri()).isEqualTo(invite.request().uri());
        assertThat(cancel.header("To")).isEqualTo(invite.request().header("To"));
        wire.answer(cancel, 200);
        wire.answer(invite.request(), 487);
        assertThat(wire.responses.getLast().status()).isEqualTo(487);
    }

    @Test
    void anInviteThatIsCancelledAndNeverAnsweredIsGivenUpAfter32Seconds() {
        InviteClientTransaction invite = invite();
        wire.answer(invite.request(), 180);
        wire.clock.advance(60_000);
        invite.cancel();
        wire.clock.advance(31_999);
        assertThat(wire.failures).isEmpty();
        wire.clock.advance(1);
        assertThat(wire.failures).containsExactly(ClientListener.Failure.TIMED_OUT);
    }

    @Test
    void aResponseThatBelongsToNothingIsCounted() {
        wire.answer(Wire.request("BYE"), 200);
        assertThat(wire.counters.get(dev.trunkline.telephony.sip.transport.SipCounters.Event.STRAY))
                .isEqualTo(1);
    }
}
