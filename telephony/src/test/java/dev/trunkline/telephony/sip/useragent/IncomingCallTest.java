package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncomingCallTest {

    private final RawPeer peer = new RawPeer();

    private SipRequest ack(String tag) {
        return peer.compose("ACK", 1, "ack", tag, Map.of(), "");
    }

    private SipRequest cancel() {
        return peer.compose("CANCEL", 1, "inv", "", Map.of("Reason", "SIP;cause=200;text=\"elsewhere\""), "");
    }

    @Test
    void aCallRingsIsAnsweredAndConfirmed() {
        peer.send(peer.invite());
        assertThat(peer.call().dialled()).isEqualTo("reception");
        assertThat(peer.call().remote().displayName()).isEqualTo("Ann");
        peer.call().ring();
        SipResponse ringing = peer.response(180);
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.toTag()).isEqualTo(ringing.toTag()).isNotEmpty();
        assertThat(ok.header("Contact")).isEqualTo("<sip:reception@127.0.0.1:5060>");
        assertThat(ok.contentType()).isEqualTo("application/sdp");
        assertThat(peer.events).isEmpty();
        peer.send(ack(ok.toTag()));
        assertThat(peer.events).containsExactly(new SipCallEvent.Acked(null));
        peer.clock.advance(100_000);
        peer.nothingSent();
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void the200IsRepeatedUntilTheAckComes() {
        peer.send(peer.invite());
        peer.call().answer(RawPeer.sdp());
        peer.clock.advance(4_000);
        List<Long> times = new ArrayList<>();
        String tag = "";
        while (!peer.sent.isEmpty()) {
            RawPeer.Sent each = peer.next();
            times.add(each.at());
            tag = each.message().toTag();
        }
        assertThat(times).containsExactly(0L, 500L, 1_500L, 3_500L);
        peer.send(ack(tag));
        peer.clock.advance(40_000);
        peer.nothingSent();
    }

    @Test
    void withoutAnAckTheCallIsEndedByByeAfter32Seconds() {
        peer.send(peer.invite());
        peer.call().answer(RawPeer.sdp());
        peer.clock.advance(31_999);
        peer.sent.clear();
        assertThat(peer.events).isEmpty();
        peer.clock.advance(1);
        assertThat(peer.request("BYE").uri().toString()).isEqualTo("sip:ann@127.0.0.2:5062");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.NETWORK);
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void aCallThatIsHungUpBeforeTheAckSendsByeOnlyAfterIt() {
        peer.send(peer.invite());
        peer.call().answer(RawPeer.sdp());
        String tag = peer.response(200).toTag();
        peer.call().hangUp(CallCause.NORMAL);
        peer.nothingSent();
        peer.send(ack(tag));
        peer.request("BYE");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.LOCAL);
    }

    @Test
    void aCancelledCallIsAnsweredWith487() {
        peer.send(peer.invite());
        peer.call().ring();
        peer.response(180);
        peer.send(cancel());
        assertThat(peer.response(200).cseq().method()).isEqualTo("CANCEL");
        SipResponse terminated = peer.response(487);
        assertThat(terminated.cseq().method()).isEqualTo("INVITE");
        assertThat(peer.events)
                .containsExactly(new SipCallEvent.Cancelled(Party.REMOTE, new CallCause("SIP", 200, "elsewhere")));
        peer.call().answer(RawPeer.sdp());
        peer.nothingSent();
    }

    @Test
    void aCancelThatCrossesOurAnswerChangesNothing() {
        peer.send(peer.invite());
        peer.call().answer(RawPeer.sdp());
        String tag = peer.response(200).toTag();
        peer.send(cancel());
        assertThat(peer.response(200).cseq().method()).isEqualTo("CANCEL");
        peer.send(ack(tag));
        assertThat(peer.events).containsExactly(new SipCallEvent.Acked(null));
    }

    @Test
    void aCancelForNothingIs481() {
        peer.send(cancel());
        peer.response(481);
    }

    @Test
    void aCallWithoutAnOfferGetsOursAndTheAnswerComesInTheAck() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of(), ""));
        assertThat(peer.call().offer()).isNull();
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.bodyText()).startsWith("v=0");
        peer.send(peer.compose("ACK", 1, "ack", ok.toTag(), Map.of(), RawPeer.OFFER));
        assertThat(peer.event(SipCallEvent.Acked.class).answer()).isNotNull();
    }

    @Test
    void aMissingAnswerInTheAckEndsTheCall() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of(), ""));
        peer.call().answer(RawPeer.sdp());
        peer.send(ack(peer.response(200).toTag()));
        assertThat(peer.request("BYE").header("Reason")).contains("no answer in the ACK");
        assertThat(peer.event(SipCallEvent.HungUp.class).by()).isEqualTo(Party.LOCAL);
    }

    @Test
    void earlyMediaGoesOutIn183() {
        peer.send(peer.invite());
        peer.call().progress(RawPeer.sdp());
        SipResponse progress = peer.response(183);
        assertThat(progress.bodyText()).contains("m=audio");
        assertThat(progress.toTag()).isNotEmpty();
    }

    @Test
    void aRefusalHasItsPhraseAndHeaders() {
        peer.send(peer.invite());
        peer.call().reject(503, "Service Unavailable: full", Map.of("Retry-After", "5"));
        SipResponse refusal = peer.response(503);
        assertThat(refusal.reason()).isEqualTo("Service Unavailable: full");
        assertThat(refusal.header("Retry-After")).isEqualTo("5");
        assertThat(peer.event(SipCallEvent.Failed.class).by()).isEqualTo(Party.LOCAL);
        assertThat(peer.agent.callCount()).isZero();
    }

    @Test
    void theRecordRouteIsRepeatedAndOurByeTakesThatWay() {
        peer.send(peer.compose(
                "INVITE",
                1,
                "inv",
                "",
                Map.of("Record-Route", "<sip:127.0.0.3:5090;lr;x=1>, <sip:127.0.0.4;lr>"),
                RawPeer.OFFER));
        peer.call().answer(RawPeer.sdp());
        SipResponse ok = peer.response(200);
        assertThat(ok.header("Record-Route")).isEqualTo("<sip:127.0.0.3:5090;lr;x=1>, <sip:127.0.0.4;lr>");
        peer.send(ack(ok.toTag()));
        peer.call().hangUp(CallCause.q850(16, "Normal call clearing"));
        RawPeer.Sent bye = peer.next();
        assertThat(bye.to().address().getPort()).isEqualTo(5090);
        assertThat(bye.message().headers().all("Route"))
                .containsExactly("<sip:127.0.0.3:5090;lr;x=1>", "<sip:127.0.0.4;lr>");
        assertThat(bye.message().header("Reason")).isEqualTo("Q.850;cause=16;text=\"Normal call clearing\"");
    }

    @Test
    void aByeBeforeTheAnswerEndsTheInviteToo() {
        peer.send(peer.invite());
        peer.call().ring();
        String tag = peer.response(180).toTag();
        peer.send(peer.compose("BYE", 2, "bye", tag, Map.of(), ""));
        assertThat(peer.response(200).cseq().method()).isEqualTo("BYE");
        peer.response(487);
        assertThat(peer.event(SipCallEvent.Cancelled.class).by()).isEqualTo(Party.REMOTE);
    }

    @Test
    void anUpdateBeforeTheAnswerHasToWait() {
        peer.send(peer.invite());
        peer.call().ring();
        String tag = peer.response(180).toTag();
        peer.send(peer.compose("UPDATE", 2, "up", tag, Map.of(), RawPeer.OFFER));
        assertThat(peer.response(500).header("Retry-After")).isNotNull();
        peer.send(peer.compose("UPDATE", 3, "up3", tag, Map.of(), ""));
        peer.response(200);
        assertThat(peer.events).isEmpty();
    }

    @Test
    void aListenerThatFailsOnAnEventEndsTheAnsweredCall() {
        List<SipCallEvent> told = new ArrayList<>();
        peer.send(peer.invite());
        ((CallSession) peer.call()).listener((call, event) -> {
            told.add(event);
            if (event instanceof SipCallEvent.Acked) {
                throw new IllegalStateException("a bug");
            }
        });
        peer.call().answer(RawPeer.sdp());
        peer.send(ack(peer.response(200).toTag()));
        peer.request("BYE");
        assertThat(told.getLast()).isInstanceOf(SipCallEvent.HungUp.class);
        assertThat(peer.agent.counters().get(Event.INTERNAL_ERROR)).isEqualTo(1);
    }

    @Test
    void aListenerThatFailsEndsItsCallWith500AndNothingElse() {
        RawPeer broken = new RawPeer();
        UserAgent agent = new UserAgent(
                SipSettings.on(new java.net.InetSocketAddress("127.0.0.1", 5060)),
                broken.clock,
                call -> {
                    throw new IllegalStateException("a bug");
                },
                new java.util.Random(1),
                (host, found, unknown) -> unknown.run());
        List<byte[]> sent = new ArrayList<>();
        agent.transport(new dev.trunkline.telephony.sip.transport.SipTransport() {
            @Override
            public dev.trunkline.telephony.sip.transport.TransportProtocol protocol() {
                return dev.trunkline.telephony.sip.transport.TransportProtocol.UDP;
            }

            @Override
            public java.net.InetSocketAddress localAddress() {
                return new java.net.InetSocketAddress("127.0.0.1", 5060);
            }

            @Override
            public void send(byte[] message, java.net.InetSocketAddress target, Runnable onFailure) {
                sent.add(message);
            }

            @Override
            public void close() {}
        });
        agent.intake().onMessage(peer.invite().toBytes(), peer.address);
        assertThat(new String(sent.getFirst(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("SIP/2.0 500");
        assertThat(agent.counters().get(Event.INTERNAL_ERROR)).isEqualTo(1);
        assertThat(agent.callCount()).isZero();
    }

    @Test
    void thePublicAddressStandsInContactAndIsGivenForSdp() throws Exception {
        InetAddress outside = InetAddress.getByName("203.0.113.7");
        RawPeer natted = new RawPeer(
                SipSettings.on(new java.net.InetSocketAddress("0.0.0.0", 5060)).withPublicAddress(outside));
        natted.send(natted.invite());
        assertThat(natted.call().localAddress()).isEqualTo(outside);
        natted.call().ring();
        assertThat(natted.response(180).header("Contact")).isEqualTo("<sip:reception@203.0.113.7:5060>");
    }

    @Test
    void onAllInterfacesTheAddressOfTheRouteToThePeerIsUsedAndNeverTheWildcard() throws Exception {
        RawPeer everywhere = new RawPeer(SipSettings.on(new java.net.InetSocketAddress("0.0.0.0", 5060)));
        everywhere.send(everywhere.invite());
        assertThat(everywhere.call().localAddress().isLoopbackAddress()).isTrue();
        everywhere.call().ring();
        assertThat(everywhere.response(180).header("Contact")).startsWith("<sip:reception@127.0.0.");
    }

    @Test
    void aFloodOfCallsThatAreRefusedLeavesNothingBehind() {
        for (int i = 0; i < 2_000; i++) {
            SipRequest invite = peer.invite();
            invite.headers().set("Call-ID", "flood-" + i);
            invite.headers().set("Via", "SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKflood" + i);
            peer.send(invite);
            peer.call().reject(486);
        }
        assertThat(peer.agent.callCount()).isZero();
        peer.clock.advance(32_000);
        assertThat(peer.agent.transactionCount()).isZero();
        assertThat(peer.clock.pending()).isZero();
    }
}
