package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.StreamLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that speak TCP well, badly, slowly or not at all. */
class StreamPeersTest {

    private static final StreamLimits LIMITS = new StreamLimits(
            4_000, 8_000, Duration.ofSeconds(2), Duration.ofMinutes(1), 3, 5, 100_000, Duration.ofSeconds(2));

    private final List<IncomingSipCall> incoming = new CopyOnWriteArrayList<>();
    private final List<SipCallEvent> events = new CopyOnWriteArrayList<>();
    private SipEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = SipEndpoint.start(
                SipSettings.loopback().withTransports(TransportSettings.STANDARD.withStreams(LIMITS)), call -> {
                    incoming.add(call);
                    return (same, event) -> events.add(event);
                });
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private StreamClient connect() throws Exception {
        return StreamClient.to(endpoint.localAddress());
    }

    private long count(Event event) {
        return endpoint.counters().get(event);
    }

    @Test
    void aRequestThatComesByteByByteIsAnsweredOnItsConnection() throws Exception {
        try (StreamClient client = connect()) {
            for (byte b : client.options("slow").getBytes(StandardCharsets.US_ASCII)) {
                client.write(new byte[] {b});
            }
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void severalRequestsInOneSegmentAreAllAnswered() throws Exception {
        try (StreamClient client = connect()) {
            client.write(client.options("one") + client.options("two") + "\r\n" + client.options("three"));
            assertThat(List.of(
                            client.response().callId(),
                            client.response().callId(),
                            client.response().callId()))
                    .containsExactly("one", "two", "three");
        }
    }

    @Test
    void aSignOfLifeIsAnsweredWithOne() throws Exception {
        try (StreamClient client = connect()) {
            client.write("\r\n\r\n");
            assertThat(client.read()).isEqualTo('\r');
            assertThat(client.read()).isEqualTo('\n');
            client.write(client.options("after"));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void ourRequestsInACallGoByTheConnectionOfThePeer() throws Exception {
        try (StreamClient client = connect()) {
            // nobody listens where the Contact says
            client.write(client.invite("back", 9));
            await().until(() -> !incoming.isEmpty());
            incoming.getFirst().answer(RawPeer.sdp());
            SipResponse ok = client.response();
            while (ok.isProvisional()) {
                ok = client.response();
            }
            client.write("ACK sip:reception@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKack\r\n"
                    + "From: <sip:ann@127.0.0.1>;tag=ann\r\nTo: " + ok.header("To") + "\r\nCall-ID: back\r\n"
                    + "CSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
            await().until(() -> events.stream().anyMatch(SipCallEvent.Acked.class::isInstance));
            incoming.getFirst().hangUp(CallCause.NORMAL);
            SipRequest bye = client.incoming();
            assertThat(bye.method()).isEqualTo("BYE");
            assertThat(bye.topVia().transport()).isEqualTo("TCP");
        }
    }

    @Test
    void aResponseWhoseConnectionIsGoneGoesToTheAddressInTheVia() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(10_000);
            try (StreamClient client = connect()) {
                client.write(client.invite("gone", listening.getLocalPort()));
                await().until(() -> !incoming.isEmpty());
            }
            // the 100 may have needed a connection of its own by now
            await().until(() -> endpoint.connections() == 0 || count(Event.CONNECTION_OPENED) == 1);
            incoming.getFirst().reject(486);
            try (StreamClient again = new StreamClient(listening.accept())) {
                SipResponse response = again.response();
                while (response.isProvisional()) {
                    response = again.response();
                }
                assertThat(response.status()).isEqualTo(486);
            }
        }
    }

    @Test
    void aMessageWithoutLengthIsRefusedAndItsConnectionClosed() throws Exception {
        try (StreamClient client = connect()) {
            client.write(client.request("OPTIONS", 1, "nolength", client.port(), "\r\n"));
            SipResponse refusal = client.response();
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.reason()).contains("no Content-Length");
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(endpoint.counters().malformedByKind()).containsEntry("no-length", 1L);
    }

    @Test
    void aMessageThatIsTooLargeIs513() throws Exception {
        try (StreamClient client = connect()) {
            client.write(client.request("OPTIONS", 1, "large", client.port(), "Content-Length: 9000\r\n\r\n"));
            assertThat(client.response().status()).isEqualTo(513);
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void anotherProtocolIsClosedOnWithoutAWord() throws Exception {
        try (StreamClient client = connect()) {
            client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(count(Event.CONNECTION_DROPPED)).isEqualTo(1);
    }

    @Test
    void aMalformedMessageWithALengthIsAnsweredAndTheConnectionGoesOn() throws Exception {
        try (StreamClient client = connect()) {
            client.write(client.options("bad").replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE"));
            assertThat(client.response().status()).isEqualTo(400);
            client.write(client.options("good"));
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void whoNeverFinishesAMessageIsClosedOn() throws Exception {
        try (StreamClient client = connect()) {
            client.write(client.options("never").substring(0, 100));
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(count(Event.CONNECTION_DROPPED)).isEqualTo(1);
    }

    @Test
    void whoSaysNothingAtAllIsClosedOn() throws Exception {
        try (StreamClient client = connect()) {
            assertThat(client.isClosedByPeer()).isTrue();
        }
        assertThat(count(Event.CONNECTION_DROPPED)).isEqualTo(1);
    }

    @Test
    void oneAddressCanHaveSoManyConnectionsAndAnotherStillGetsOne() throws Exception {
        List<StreamClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                StreamClient client = connect();
                clients.add(client);
                client.write(client.options("c" + i));
                assertThat(client.response().status()).isEqualTo(200);
            }
            try (StreamClient fourth = connect()) {
                assertThat(fourth.isClosedByPeer()).isTrue();
            }
            try (StreamClient other = StreamClient.to(endpoint.localAddress(), "127.0.0.3")) {
                other.write(other.options("other"));
                assertThat(other.response().status()).isEqualTo(200);
            }
            assertThat(count(Event.CONNECTION_REFUSED)).isEqualTo(1);
            clients.removeLast().close();
            await().until(() -> endpoint.connections() == 2);
            StreamClient again = connect();
            clients.add(again);
            again.write(again.options("again"));
            assertThat(again.response().status()).isEqualTo(200);
        } finally {
            for (StreamClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whoDoesNotReadIsClosedOnBeforeItsAnswersFillTheMemory() throws Exception {
        try (StreamClient client = connect()) {
            String question = client.options("deaf");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        client.write(question.replace("z9hG4bK", "z9hG4bK" + i + System.nanoTime()));
                    }
                    return false;
                } catch (java.io.IOException e) {
                    return true;
                }
            });
        }
        assertThat(count(Event.CONNECTION_DROPPED)).isEqualTo(1);
    }

    // ---- we call

    private void call(int port, String parameters) {
        SipUri target = SipUri.parse("sip:bob@127.0.0.1:" + port + parameters);
        endpoint.call(
                CallRequest.to(target, NameAddress.parse("<sip:me@invalid>"), local -> RawPeer.sdp()),
                (call, event) -> events.add(event));
    }

    @Test
    void aConnectionThatIsRefusedFailsTheCallAtOnce() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        long began = System.nanoTime();
        call(free, ";transport=tcp");
        await().until(() -> events.stream().anyMatch(SipCallEvent.Failed.class::isInstance));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(count(Event.CONNECTION_FAILED)).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsClosedBeforeAnyAnswerFailsTheCallAtOnce() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(10_000);
            call(listening.getLocalPort(), ";transport=tcp");
            try (StreamClient server = new StreamClient(listening.accept())) {
                assertThat(server.incoming().method()).isEqualTo("INVITE");
            }
            await().until(() -> events.stream().anyMatch(SipCallEvent.Failed.class::isInstance));
        }
    }

    @Test
    void aConnectionThatIsClosedWhileItRingsDoesNotEndTheCall() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(10_000);
            call(listening.getLocalPort(), ";transport=tcp");
            SipRequest invite;
            try (StreamClient server = new StreamClient(listening.accept())) {
                invite = server.incoming();
                server.write(SipResponse.to(invite, 180, "Ringing", "bob").toBytes());
                await().until(() -> events.stream().anyMatch(SipCallEvent.Ringing.class::isInstance));
            }
            await().until(() -> endpoint.connections() == 0);
            // The answer comes by a connection of the other side.
            HostPort us = invite.topVia().sentBy();
            try (StreamClient server = StreamClient.to(new InetSocketAddress(us.host(), us.port()))) {
                server.write(SipResponse.to(invite, 486, "Busy Here", "bob").toBytes());
                await().until(() -> events.stream().anyMatch(SipCallEvent.Failed.class::isInstance));
            }
        }
        assertThat(((SipCallEvent.Failed) events.getLast()).status()).isEqualTo(486);
    }
}
