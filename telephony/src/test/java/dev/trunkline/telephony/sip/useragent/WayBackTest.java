package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our requests inside a call go when the caller may be behind a router; the packets come from 127.0.0.2:5062. */
class WayBackTest {

    private static final String BEHIND = "SIP/2.0/UDP 192.168.1.5:5060;rport;branch=z9hG4bKinv";
    private static final String PRIVATE = "<sip:ann@192.168.1.5:5060>";

    private RawPeer peer = new RawPeer();

    private String byeOfACall(String via, String contact, Map<String, String> more) {
        SipRequest invite = peer.compose("INVITE", 1, "inv", "", Map.of("Contact", contact), RawPeer.OFFER);
        invite.headers().set("Via", via);
        more.forEach(invite.headers()::add);
        peer.send(invite);
        peer.call().answer(RawPeer.sdp());
        SipRequest ack = peer.compose("ACK", 1, "ack1", peer.response(200).toTag(), Map.of(), "");
        peer.send(ack);
        peer.sent.clear();
        peer.call().hangUp(CallCause.NORMAL);
        RawPeer.Sent bye = peer.next();
        assertThat(((SipRequest) bye.message()).method()).isEqualTo("BYE");
        return bye.to().toString();
    }

    @Test
    void aCallerBehindARouterIsAnsweredWhereItSendsFrom() {
        assertThat(byeOfACall(BEHIND, PRIVATE, Map.of())).isEqualTo("UDP 127.0.0.2:5062");
    }

    @Test
    void notIfThatIsSwitchedOff() {
        peer = new RawPeer(SipSettings.on(new InetSocketAddress("127.0.0.1", 5060))
                .withTransports(TransportSettings.UDP_ONLY.withNat(TransportSettings.Nat.OFF)));
        assertThat(byeOfACall(BEHIND, PRIVATE, Map.of())).isEqualTo("UDP 192.168.1.5:5060");
    }

    @Test
    void aProxyThatWantsToStayInTheWayKnowsBetter() {
        assertThat(byeOfACall(BEHIND, PRIVATE, Map.of("Record-Route", "<sip:198.51.100.7;lr>")))
                .isEqualTo("UDP 198.51.100.7:5060");
    }

    @Test
    void aProxyThatHasOnlyPassedItOnIsNotTheCaller() {
        assertThat(byeOfACall(BEHIND + ", SIP/2.0/UDP 192.168.1.5;branch=z9hG4bKa", PRIVATE, Map.of()))
                .isEqualTo("UDP 192.168.1.5:5060");
    }

    @Test
    void aCallerThatKnowsItsAddressMayWantToBeCalledElsewhere() {
        assertThat(byeOfACall("SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKinv", PRIVATE, Map.of()))
                .isEqualTo("UDP 192.168.1.5:5060");
    }

    @Test
    void aCallerWithoutRportDoesNotListenWhereItSendsFrom() {
        assertThat(byeOfACall(BEHIND.replace(";rport", ""), PRIVATE, Map.of())).isEqualTo("UDP 192.168.1.5:5060");
    }

    @Test
    void aPublicContactIsBelieved() {
        assertThat(byeOfACall(BEHIND, "<sip:ann@198.51.100.9:5070>", Map.of())).isEqualTo("UDP 198.51.100.9:5070");
    }

    @Test
    void aRouterThatHasChangedItsPortIsFollowed() {
        byeOfACall(BEHIND, PRIVATE, Map.of());
        peer = new RawPeer();
        SipRequest invite = peer.compose("INVITE", 1, "inv", "", Map.of("Contact", PRIVATE), RawPeer.OFFER);
        invite.headers().set("Via", BEHIND);
        peer.send(invite);
        peer.call().answer(RawPeer.sdp());
        String tag = peer.response(200).toTag();
        peer.send(peer.compose("ACK", 1, "ack1", tag, Map.of(), ""));
        SipRequest update = peer.compose("UPDATE", 2, "upd", tag, Map.of("Contact", PRIVATE), "");
        update.headers().set("Via", BEHIND.replace("inv", "upd"));
        peer.agent
                .intake()
                .onMessage(
                        update.toBytes(),
                        new dev.trunkline.telephony.sip.transport.Hop(
                                dev.trunkline.telephony.sip.transport.TransportProtocol.UDP,
                                new InetSocketAddress("127.0.0.2", 40_001)));
        peer.sent.clear();
        peer.call().hangUp(CallCause.NORMAL);
        assertThat(peer.next().to().toString()).isEqualTo("UDP 127.0.0.2:40001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.9.9",
                "169.254.1.1",
                "127.0.0.1",
                "0.0.0.0",
                "fd00::1",
                "fc00::1",
                "fe80::1",
                "::1"
            })
    void addressesThatAreNotTheSameEverywhere(String address) {
        assertThat(WayBack.isPrivate(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"11.0.0.1", "172.32.0.1", "100.128.0.1", "100.63.0.1", "192.0.2.1", "2001:db8::1"})
    void addressesThatAre(String address) {
        assertThat(WayBack.isPrivate(InetAddress.ofLiteral(address))).isFalse();
    }
}
