package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.target.NameService;
import dev.trunkline.telephony.sip.target.ServiceRecord;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipTransport;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A domain with two servers, and requests that are too long for a datagram; in virtual time. */
class SeveralHopsTest {

    private static final NameService TWO_SERVERS = new NameService() {
        @Override
        public void lookUp(String host, Consumer<List<InetAddress>> found, Runnable unknown) {
            found.accept(List.of(InetAddress.ofLiteral(host.startsWith("one") ? "127.0.0.11" : "127.0.0.12")));
        }

        @Override
        public void services(String name, Consumer<List<ServiceRecord>> found, Runnable failed) {
            found.accept(
                    name.startsWith("_sip._udp")
                            ? List.of(
                                    new ServiceRecord(1, 0, 5071, "one.example.com"),
                                    new ServiceRecord(2, 0, 5072, "two.example.com"))
                            : List.of());
        }
    };

    private final RawPeer peer = new RawPeer(SipSettings.on(new InetSocketAddress("127.0.0.1", 5060)), TWO_SERVERS);

    private OutgoingSipCall call(String target) {
        return call(target, "sip:me@invalid");
    }

    private OutgoingSipCall call(String target, String from) {
        return peer.agent.call(
                CallRequest.to(SipUri.parse(target), NameAddress.of(SipUri.parse(from)), local -> RawPeer.sdp()),
                (call, event) -> peer.events.add(event));
    }

    private RawPeer.Sent invite() {
        RawPeer.Sent sent = peer.next();
        assertThat(((SipRequest) sent.message()).method()).isEqualTo("INVITE");
        return sent;
    }

    /** Drops repetitions. */
    private RawPeer.Sent inviteAfter(long milliseconds) {
        peer.sent.clear();
        peer.clock.advance(milliseconds);
        return peer.sent.stream()
                .filter(sent -> sent.to().address().getPort() == 5072)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody else was tried: " + peer.sent));
    }

    @Test
    void theSecondServerIsTriedWhenTheFirstDoesNotAnswer() {
        call("sip:bob@example.com");
        RawPeer.Sent first = invite();
        assertThat(first.to()).hasToString("UDP 127.0.0.11:5071");
        RawPeer.Sent second = inviteAfter(4_000);
        assertThat(second.to()).hasToString("UDP 127.0.0.12:5072");
        assertThat(second.message().topVia().branch())
                .as("a transaction of its own")
                .isNotEqualTo(first.message().topVia().branch());
        assertThat(second.message().callId()).isEqualTo(first.message().callId());
        assertThat(second.message().headers().count("Via")).isEqualTo(1);
        assertThat(second.message().headers().count("Contact")).isEqualTo(1);
        assertThat(second.message().bodyText()).isEqualTo(first.message().bodyText());
        peer.sent.clear();
        peer.send(peer.answerTo((SipRequest) second.message(), 200, "two", RawPeer.OFFER));
        peer.event(SipCallEvent.Answered.class);
    }

    @Test
    void theSecondServerIsTriedWhenTheFirstIsBusyWithItself() {
        call("sip:bob@example.com");
        peer.send(peer.answerTo((SipRequest) invite().message(), 503, "one", ""));
        peer.request("ACK");
        assertThat(invite().to()).hasToString("UDP 127.0.0.12:5072");
        assertThat(peer.events).isEmpty();
    }

    @Test
    void aRefusalIsARefusal() {
        call("sip:bob@example.com");
        peer.send(peer.answerTo((SipRequest) invite().message(), 486, "one", ""));
        peer.request("ACK");
        peer.nothingSent();
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(486);
    }

    @Test
    void aServerThatRingsIsNotLeft() {
        call("sip:bob@example.com");
        RawPeer.Sent first = invite();
        peer.send(peer.answerTo((SipRequest) first.message(), 180, "one", ""));
        peer.clock.advance(60_000);
        peer.nothingSent();
    }

    @Test
    void theFirstServerThatAnswersLateIsThankedAndHungUpOn() {
        call("sip:bob@example.com");
        RawPeer.Sent first = invite();
        RawPeer.Sent second = inviteAfter(4_000);
        peer.send(peer.answerTo((SipRequest) second.message(), 200, "two", RawPeer.OFFER));
        peer.sent.clear();
        peer.send(peer.answerTo((SipRequest) first.message(), 200, "one", RawPeer.OFFER));
        assertThat(peer.request("ACK").toTag()).isEqualTo("one");
        assertThat(peer.request("BYE").toTag()).isEqualTo("one");
    }

    @Test
    void theFirstServerThatRingsLateIsTakenBack() {
        call("sip:bob@example.com");
        RawPeer.Sent first = invite();
        inviteAfter(4_000);
        peer.sent.clear();
        peer.send(peer.answerTo((SipRequest) first.message(), 180, "one", ""));
        RawPeer.Sent cancel = peer.next();
        assertThat(((SipRequest) cancel.message()).method()).isEqualTo("CANCEL");
        assertThat(cancel.to()).hasToString("UDP 127.0.0.11:5071");
    }

    @Test
    void bothServersAreDead() {
        call("sip:bob@example.com");
        peer.clock.advance(40_000);
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(408);
        peer.clock.advance(60_000);
        assertThat(peer.agent.transactionCount()).isZero();
        assertThat(peer.agent.callCount()).isZero();
    }

    // ---- long requests

    private final java.util.ArrayDeque<Runnable> refusals = new java.util.ArrayDeque<>();

    /** TCP whose connections fail when the test says so. */
    private void tcp() {
        peer.agent.transport(new SipTransport() {
            @Override
            public TransportProtocol protocol() {
                return TransportProtocol.TCP;
            }

            @Override
            public InetSocketAddress localAddress() {
                return new InetSocketAddress("127.0.0.1", 5060);
            }

            @Override
            public void send(byte[] message, InetSocketAddress target, Runnable onFailure) {
                refusals.add(onFailure);
                try {
                    peer.sent.add(new RawPeer.Sent(
                            peer.clock.now(),
                            SipParser.parseDatagram(message, 0, message.length),
                            new Hop(TransportProtocol.TCP, target)));
                } catch (dev.trunkline.telephony.sip.message.MalformedMessageException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void close() {}
        });
    }

    private static String longName() {
        return "sip:" + "a".repeat(900) + "@invalid";
    }

    @Test
    void aLongRequestGoesByTcpAndSaysSo() {
        tcp();
        call("sip:bob@127.0.0.2:5062", longName());
        RawPeer.Sent sent = invite();
        assertThat(sent.to()).hasToString("TCP 127.0.0.2:5062");
        assertThat(sent.message().topVia().transport()).isEqualTo("TCP");
        assertThat(sent.message().header("Contact")).contains(";transport=tcp");
    }

    @Test
    void aShortOneDoesNot() {
        tcp();
        call("sip:bob@127.0.0.2:5062");
        assertThat(invite().to()).hasToString("UDP 127.0.0.2:5062");
    }

    @Test
    void aLongOneThatWasAskedToGoByUdpDoesSo() {
        tcp();
        call("sip:bob@127.0.0.2:5062;transport=udp", longName());
        assertThat(invite().to()).hasToString("UDP 127.0.0.2:5062");
    }

    @Test
    void aPeerWithoutTcpGetsItByUdpAfterAllAndIsRemembered() {
        tcp();
        call("sip:bob@127.0.0.2:5062", longName());
        assertThat(invite().to()).hasToString("TCP 127.0.0.2:5062");
        refusals.remove().run();
        RawPeer.Sent sent = invite();
        assertThat(sent.to()).hasToString("UDP 127.0.0.2:5062");
        assertThat(sent.message().topVia().transport()).isEqualTo("UDP");
        assertThat(sent.message().header("Contact")).doesNotContain("transport");
        call("sip:bob@127.0.0.2:5062", longName());
        assertThat(invite().to()).hasToString("UDP 127.0.0.2:5062");
        peer.clock.advance(600_001);
        peer.sent.clear();
        call("sip:bob@127.0.0.2:5062", longName());
        assertThat(invite().to()).hasToString("TCP 127.0.0.2:5062");
    }
}
