package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.OutgoingSipCall;
import dev.trunkline.telephony.sip.useragent.PeerRules;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * One source floods us with INVITEs while another calls. The length is set by {@code -Dtrunkline.flood.seconds} and
 * {@code -Dtrunkline.flood.rate}; the full measure is 10,000 a second for 20 s.
 */
class FloodTest {

    private static final int SECONDS = Integer.getInteger("trunkline.flood.seconds", 3);
    private static final int RATE = Integer.getInteger("trunkline.flood.rate", 2_000);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong sent = new AtomicLong();

    @Test
    void aGoodCallerIsServedWhileAnotherFloodsUs() throws Exception {
        SipSettings settings = SipSettings.loopback().withPeers(PeerRules.atMost(100));
        try (SipEndpoint server = SipEndpoint.start(settings, call -> {
                    if (call.source().getAddress().getHostAddress().equals("127.0.0.2")) {
                        call.reject(486);
                    } else {
                        call.answer(answer(Objects.requireNonNull(call.offer()), call.localAddress()));
                    }
                    return (same, event) -> {};
                });
                SipEndpoint good = SipEndpoint.start(
                        SipSettings.on(new InetSocketAddress("127.0.0.3", 0)), call -> (same, event) -> {})) {
            Thread flood = new Thread(() -> flood(server.localAddress()), "flood");
            flood.start();
            try {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                long longest = 0;
                int calls = 0;
                while (System.nanoTime() < end || calls < 5) {
                    longest = Math.max(longest, answeredAfter(good, server.localAddress()));
                    calls++;
                    // A good caller keeps to the limit itself.
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
                System.out.printf(
                        "flood: %d INVITEs in %d s, %d good calls answered, the slowest after %d ms; %d dropped%n",
                        sent.get(), SECONDS, calls, longest, server.counters().get(Event.RATE_LIMITED));
                // Lost datagrams are repeated; being refused or forgotten would end a call and the test with it.
            } finally {
                over.set(true);
                flood.join();
            }
            assertThat(sent.get()).isGreaterThan((long) SECONDS * RATE / 4);
            assertThat(server.counters().get(Event.RATE_LIMITED)).isPositive();
            assertThat(server.counters().get(Event.INTERNAL_ERROR)).isZero();
        }
    }

    private static Sdp answer(Sdp offer, InetAddress local) {
        try {
            return new OfferAnswer(2)
                    .answer(offer, LocalAudio.g711(local, 42_000))
                    .sdp();
        } catch (dev.trunkline.telephony.sip.sdp.NotAcceptableException e) {
            throw new AssertionError(e);
        }
    }

    private static long answeredAfter(SipEndpoint good, InetSocketAddress server) throws Exception {
        CompletableFuture<SipCallEvent> outcome = new CompletableFuture<>();
        long began = System.nanoTime();
        OutgoingSipCall call = good.call(
                CallRequest.to(
                        SipUri.parse("sip:reception@127.0.0.1:" + server.getPort()),
                        NameAddress.parse("<sip:good@invalid>"),
                        local -> new OfferAnswer(1).offer(LocalAudio.g711(local, 40_000))),
                (same, event) -> {
                    if (event instanceof SipCallEvent.Answered || event instanceof SipCallEvent.Ended) {
                        outcome.complete(event);
                    }
                });
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(SipCallEvent.Answered.class);
        call.hangUp(CallCause.NORMAL);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private void flood(InetSocketAddress server) {
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            long began = System.nanoTime();
            long number = 0;
            while (!over.get()) {
                long due = (System.nanoTime() - began) * RATE / 1_000_000_000L;
                while (number < due) {
                    byte[] invite = ("INVITE sip:reception@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:"
                                    + socket.getLocalPort() + ";branch=z9hG4bK" + number
                                    + "\r\nFrom: <sip:flood@127.0.0.2>;tag=f" + number
                                    + "\r\nTo: <sip:reception@127.0.0.1>\r\nCall-ID: flood-" + number
                                    + "\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:flood@127.0.0.2>\r\n"
                                    + "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n"
                                    + sdp)
                            .getBytes(StandardCharsets.US_ASCII);
                    socket.send(new DatagramPacket(invite, invite.length, server));
                    number++;
                }
                sent.set(number);
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
