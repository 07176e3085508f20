package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.MalformedMessageException;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParser;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.target.NameService;
import dev.trunkline.telephony.sip.transaction.SipTimers;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipTransport;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import dev.trunkline.telephony.sip.transport.VirtualScheduler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A user agent in virtual time and, at the other end of its wire, a hand that writes messages and reads answers. */
final class RawPeer {

    static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.2",
            "s=-",
            "c=IN IP4 127.0.0.2",
            "t=0 0",
            "m=audio 40000 RTP/AVP 0 8 101",
            "a=rtpmap:101 telephone-event/8000",
            "a=sendrecv",
            "");

    record Sent(long at, SipMessage message, Hop to) {}

    final VirtualScheduler clock = new VirtualScheduler();
    final Deque<Sent> sent = new ArrayDeque<>();
    final List<SipCallEvent> events = new ArrayList<>();
    final List<IncomingSipCall> incoming = new ArrayList<>();
    final UserAgent agent;
    final Hop address = new Hop(TransportProtocol.UDP, new InetSocketAddress("127.0.0.2", 5062));
    boolean networkDown;

    /** An answer repeats headers of its request, damaged ones too. */
    boolean echoesDamage;

    /** The last answer that was damaged so. */
    String damaged = "";

    RawPeer() {
        this(SipSettings.on(new InetSocketAddress("127.0.0.1", 5060)));
    }

    RawPeer(SipSettings settings) {
        this(settings, (host, found, unknown) -> unknown.run());
    }

    RawPeer(SipSettings settings, NameService names) {
        agent = new UserAgent(
                settings.withTimers(SipTimers.STANDARD),
                clock,
                call -> {
                    incoming.add(call);
                    return (same, event) -> events.add(event);
                },
                new Random(7),
                names);
        agent.transport(new SipTransport() {
            @Override
            public TransportProtocol protocol() {
                return TransportProtocol.UDP;
            }

            @Override
            public InetSocketAddress localAddress() {
                return settings.bind();
            }

            @Override
            public void send(byte[] message, InetSocketAddress target, Runnable onFailure) {
                if (networkDown) {
                    onFailure.run();
                    return;
                }
                try {
                    sent.add(new Sent(
                            clock.now(),
                            SipParser.parseDatagram(message, 0, message.length),
                            new Hop(TransportProtocol.UDP, target)));
                } catch (MalformedMessageException e) {
                    if (echoesDamage) {
                        damaged = new String(message, StandardCharsets.UTF_8);
                        return;
                    }
                    throw new AssertionError("we sent: " + new String(message, StandardCharsets.UTF_8), e);
                }
            }

            @Override
            public void close() {}
        });
    }

    void send(String text) {
        byte[] bytes = text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        sendBytes(bytes);
    }

    void sendBytes(byte[] bytes) {
        agent.intake().onMessage(bytes, address);
    }

    void send(SipMessage message) {
        agent.intake().onMessage(message.toBytes(), address);
    }

    Sent next() {
        assertThat(sent).as("messages sent").isNotEmpty();
        return sent.remove();
    }

    SipResponse response() {
        return (SipResponse) next().message();
    }

    SipResponse response(int status) {
        SipResponse response = response();
        assertThat(response.status()).as(response.startLine()).isEqualTo(status);
        return response;
    }

    SipRequest request(String method) {
        SipMessage message = next().message();
        assertThat(message).isInstanceOf(SipRequest.class);
        SipRequest request = (SipRequest) message;
        assertThat(request.method()).isEqualTo(method);
        return request;
    }

    void nothingSent() {
        assertThat(sent).isEmpty();
    }

    IncomingSipCall call() {
        return incoming.getLast();
    }

    /** A request of the far side, ready to be changed. */
    SipRequest compose(String method, long cseq, String branch, String toTag, Map<String, String> more, String body) {
        StringBuilder text = new StringBuilder();
        text.append(method).append(" sip:reception@127.0.0.1:5060 SIP/2.0\r\n");
        text.append("Via: SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bK")
                .append(branch)
                .append("\r\n");
        text.append("From: \"Ann\" <sip:ann@127.0.0.2>;tag=ann\r\n");
        text.append("To: <sip:reception@127.0.0.1>")
                .append(toTag.isEmpty() ? "" : ";tag=" + toTag)
                .append("\r\n");
        text.append("Call-ID: call-1\r\nMax-Forwards: 70\r\n");
        text.append("CSeq: ").append(cseq).append(' ').append(method).append("\r\n");
        if (!more.containsKey("Contact")) {
            text.append("Contact: <sip:ann@127.0.0.2:5062>\r\n");
        }
        more.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (!body.isEmpty() && !more.containsKey("Content-Type")) {
            text.append("Content-Type: application/sdp\r\n");
        }
        text.append("\r\n").append(body);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return (SipRequest) SipParser.parseDatagram(bytes, 0, bytes.length);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    SipRequest invite() {
        return compose("INVITE", 1, "inv", "", Map.of(), OFFER);
    }

    /** A response of the far side to a request of ours. */
    SipResponse answerTo(SipRequest request, int status, String tag, String body) {
        SipResponse response = SipResponse.to(request, status, "As Asked", tag);
        response.headers().add("Contact", "<sip:bob@127.0.0.2:5062>");
        if (!body.isEmpty()) {
            response.body("application/sdp", body.getBytes(StandardCharsets.UTF_8));
        }
        return response;
    }

    /** A call of the far side that we have answered; gives our tag. */
    String established() {
        send(invite());
        call().answer(sdp());
        SipResponse ok = response(200);
        send(compose("ACK", 1, "ack1", ok.toTag(), Map.of(), ""));
        sent.clear();
        return ok.toTag();
    }

    static dev.trunkline.telephony.sip.sdp.Sdp sdp() {
        return sdp("sendrecv");
    }

    static dev.trunkline.telephony.sip.sdp.Sdp sdp(String direction) {
        try {
            return dev.trunkline.telephony.sip.sdp.Sdp.parse(
                    OFFER.replace("127.0.0.2", "127.0.0.1").replace("sendrecv", direction));
        } catch (dev.trunkline.telephony.sip.sdp.SdpException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    <T extends SipCallEvent> T event(Class<T> kind) {
        for (SipCallEvent event : events) {
            if (kind.isInstance(event)) {
                return (T) event;
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " in " + events);
    }
}
