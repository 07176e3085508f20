package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.transaction.Admission;
import dev.trunkline.telephony.sip.transport.AddressRange;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may come in, and how often. */
class PeerGateTest {

    private final VirtualScheduler clock = new VirtualScheduler();
    private final SipCounters counters = new SipCounters();

    private PeerGate gate(PeerRules rules) {
        return new PeerGate(
                rules, clock, counters, new RateLimitedLog(System.getLogger(PeerGateTest.class.getName()), clock));
    }

    private static Hop from(String address) {
        return new Hop(TransportProtocol.UDP, new InetSocketAddress(InetAddress.ofLiteral(address), 5060));
    }

    private static RawPeer peer(PeerRules rules) {
        return new RawPeer(
                SipSettings.on(new InetSocketAddress("127.0.0.1", 5060)).withPeers(rules));
    }

    private static SipRequest options(RawPeer peer, int number) {
        SipRequest request = peer.compose("OPTIONS", 1, "b" + number, "", Map.of(), "");
        request.headers().set("Call-ID", "call-" + number);
        return request;
    }

    @Test
    void aSourceMaySendABurstAndThenItsRate() {
        PeerGate gate = gate(PeerRules.atMost(10));
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += gate.admission(from("192.0.2.1")) == Admission.ADMITTED ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(20);
        admitted = 0;
        for (int second = 0; second < 10; second++) {
            clock.advance(1_000);
            for (int i = 0; i < 100; i++) {
                admitted += gate.admission(from("192.0.2.1")) == Admission.ADMITTED ? 1 : 0;
            }
        }
        assertThat(admitted).isEqualTo(100);
        assertThat(gate.admission(from("192.0.2.2"))).isEqualTo(Admission.ADMITTED);
    }

    @Test
    void whoIsOverTheLimitIsToldOnceASecond() {
        RawPeer peer = peer(PeerRules.atMost(2));
        for (int i = 0; i < 4; i++) {
            peer.send(options(peer, i));
            peer.response(200);
        }
        peer.send(options(peer, 5));
        assertThat(peer.response(503).header("Retry-After")).isEqualTo("2");
        for (int i = 6; i < 15; i++) {
            peer.send(options(peer, i));
        }
        peer.nothingSent();
        peer.clock.advance(400);
        peer.send(options(peer, 20));
        peer.nothingSent();
        peer.clock.advance(601);
        for (int i = 21; i < 23; i++) {
            peer.send(options(peer, i));
            peer.response(200);
        }
        peer.send(options(peer, 30));
        peer.response(503);
        assertThat(peer.agent.counters().get(Event.RATE_LIMITED)).isEqualTo(12);
    }

    @Test
    void aRunningCallOfAFloodingSourceGoesOn() {
        RawPeer peer = peer(PeerRules.atMost(5));
        String tag = peer.established();
        for (int i = 0; i < 20; i++) {
            peer.send(options(peer, i));
        }
        peer.sent.clear();
        peer.send(peer.compose("BYE", 2, "bye", tag, Map.of(), ""));
        peer.response(200);
    }

    @Test
    void aCallThatIsOverTheLimitMayStillBeCancelled() {
        RawPeer peer = peer(PeerRules.atMost(1));
        peer.send(peer.invite());
        peer.send(options(peer, 1));
        peer.sent.clear();
        peer.send(peer.compose("CANCEL", 1, "inv", "", Map.of(), ""));
        assertThat(peer.response().status()).isEqualTo(200);
        assertThat(peer.response().status()).isEqualTo(487);
    }

    @Test
    void tooManyMessagesAreNotEvenRead() {
        PeerGate gate = gate(PeerRules.atMost(10));
        int wanted = 0;
        for (int i = 0; i < 10_000; i++) {
            wanted += gate.wants(InetAddress.ofLiteral("192.0.2.1")) ? 1 : 0;
        }
        assertThat(wanted).isEqualTo(200);
        assertThat(counters.get(Event.RATE_LIMITED)).isEqualTo(9_800);
    }

    @Test
    void forgedSourcesUseUpNoMemory() {
        PeerGate gate = gate(PeerRules.atMost(10));
        for (int i = 0; i < 100_000; i++) {
            gate.admission(from("10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }
        assertThat(gate.remembered()).isEqualTo(PeerGate.KEPT);
    }

    @Test
    void oneNetworkOfIpv6IsOneSource() {
        PeerGate gate = gate(PeerRules.atMost(1));
        for (int i = 1; i < 50; i++) {
            gate.admission(from("2001:db8:1:2::" + i));
        }
        assertThat(gate.remembered()).isEqualTo(1);
        assertThat(counters.get(Event.RATE_LIMITED)).isEqualTo(47);
    }

    @Test
    void onlyThoseOnTheListGetAnAnswer() {
        RawPeer stranger = peer(PeerRules.atMost(100).only(List.of(AddressRange.parse("192.0.2.0/24"))));
        stranger.send(stranger.invite());
        stranger.send(options(stranger, 1));
        stranger.send("OPTIONS sip:x@127.0.0.1 SIP/7.0\nVia: SIP/2.0/UDP 127.0.0.2:5062;branch=z9hG4bKx\n"
                + "From: <sip:a@b>;tag=1\nTo: <sip:x@y>\nCall-ID: c\nCSeq: 1 OPTIONS\n\n");
        stranger.nothingSent();
        assertThat(stranger.incoming).isEmpty();
        assertThat(stranger.agent.counters().get(Event.REFUSED_PEER)).isEqualTo(2);
        RawPeer friend = peer(PeerRules.atMost(100).only(List.of(AddressRange.parse("127.0.0.0/8"))));
        friend.send(options(friend, 1));
        friend.response(200);
    }

    @Test
    void aStrangerWhomWeHaveCalledMayAnswerAndHangUp() {
        RawPeer peer = peer(PeerRules.atMost(100).only(List.of(AddressRange.parse("192.0.2.0/24"))));
        peer.agent.call(
                CallRequest.to(
                        dev.trunkline.telephony.sip.message.SipUri.parse("sip:bob@127.0.0.2:5062"),
                        dev.trunkline.telephony.sip.message.NameAddress.parse("<sip:me@invalid>"),
                        local -> RawPeer.sdp()),
                (call, event) -> peer.events.add(event));
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        SipRequest bye = peer.compose("BYE", 1, "bye", invite.fromTag(), Map.of(), "");
        bye.headers().set("Call-ID", invite.callId()).set("From", "<sip:bob@127.0.0.2>;tag=bob");
        peer.send(bye);
        peer.response(200);
    }
}
