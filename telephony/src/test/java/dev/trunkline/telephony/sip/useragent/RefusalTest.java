package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is no call, or none that we can take. */
class RefusalTest {

    private final RawPeer peer = new RawPeer();

    private static final String HEAD = "Via: SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKx\n"
            + "From: <sip:ann@127.0.0.2>;tag=1\nTo: <sip:x@127.0.0.1>\nCall-ID: c9\n";

    @Test
    void optionsTellWhatWeCanDo() {
        peer.send(peer.compose("OPTIONS", 1, "o", "", Map.of(), ""));
        SipResponse response = peer.response(200);
        assertThat(response.header("Allow"))
                .isEqualTo("INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY");
        assertThat(response.header("Accept")).contains("application/sdp");
        assertThat(response.header("Supported")).isEqualTo("100rel, replaces, timer, norefersub");
        assertThat(response.toTag()).isNotEmpty();
    }

    @Test
    void aMethodThatWeDoNotHaveIs405WithThoseThatWeHave() {
        for (String method : new String[] {"REGISTER", "SUBSCRIBE", "NEWMETHOD"}) {
            peer.send(peer.compose(method, 1, "b" + method, "", Map.of(), ""));
            assertThat(peer.response(405).header("Allow")).contains("INVITE");
        }
    }

    @Test
    void aRequiredExtensionThatWeDoNotHaveIs420AndNamed() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of("Require", "timer, bar, foo"), RawPeer.OFFER));
        assertThat(peer.response(420).header("Unsupported")).isEqualTo("bar, foo");
    }

    @Test
    void aBodyThatIsNoSessionDescriptionIs415WithWhatWeTake() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of("Content-Type", "text/plain"), "hello"));
        assertThat(peer.response(415).header("Accept")).contains("application/sdp");
        peer.send(peer.compose("INVITE", 2, "inv2", "", Map.of("Content-Encoding", "gzip"), RawPeer.OFFER));
        assertThat(peer.response(415).header("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void aBrokenSessionDescriptionIs400() {
        peer.send(peer.compose("INVITE", 1, "inv", "", Map.of(), "v=0\r\nm=audio\r\n"));
        assertThat(peer.response(400).reason()).contains("bad m= line");
        assertThat(peer.incoming).isEmpty();
    }

    @Test
    void anUnknownSchemeIs416() {
        peer.send("OPTIONS nobodyKnowsThisScheme:opaque SIP/2.0\n" + HEAD + "CSeq: 1 OPTIONS\n\n");
        peer.response(416);
    }

    @Test
    void aTelephoneNumberMayBeDialledAsSuch() {
        peer.send("INVITE tel:+49-30-123 SIP/2.0\n" + HEAD + "CSeq: 1 INVITE\nContact: <sip:a@127.0.0.2>\n\n");
        assertThat(peer.call().dialled()).isEqualTo("+49-30-123");
    }

    @Test
    void noHopsLeftIs483ForACallAndNoMatterForAQuestion() {
        peer.send("INVITE sip:x@127.0.0.1 SIP/2.0\n" + HEAD
                + "CSeq: 1 INVITE\nMax-Forwards: 0\nContact: <sip:a@127.0.0.2>\n\n");
        peer.response(483);
        peer.send("OPTIONS sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 2 OPTIONS\nMax-Forwards: 0\n\n");
        peer.response(200);
    }

    @Test
    void theSameCallByTwoBranchesIsTakenOnceAndRefusedWith482() {
        peer.send(peer.invite());
        SipRequest forked = peer.invite();
        forked.headers().set("Via", "SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKother");
        peer.send(forked);
        peer.response(482);
        assertThat(peer.incoming).hasSize(1);
    }

    @Test
    void aRequestOfAnUnknownDialogIs481() {
        peer.send(peer.compose("BYE", 5, "bye", "nobody", Map.of(), ""));
        peer.response(481);
        peer.send(peer.compose("INVITE", 6, "re", "nobody", Map.of(), RawPeer.OFFER));
        peer.response(481);
        peer.send(peer.compose("BYE", 7, "bye2", "", Map.of(), ""));
        peer.response(481);
    }

    @Test
    void aCallWithoutContactIs400() {
        peer.send("INVITE sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 1 INVITE\n\n");
        assertThat(peer.response(400).reason()).contains("no Contact");
    }

    @Test
    void aDrainingEndpointRefusesNewCallsWithATimeAndKeepsRunningOnes() {
        String tag = peer.established();
        peer.agent.draining(true);
        SipRequest second = peer.invite();
        second.headers().set("Call-ID", "another");
        second.headers().set("Via", "SIP/2.0/UDP 127.0.0.2:5062;rport;branch=z9hG4bKsecond");
        peer.send(second);
        assertThat(peer.response(503).header("Retry-After")).isEqualTo("10");
        peer.send(peer.compose("BYE", 2, "bye", tag, Map.of(), ""));
        peer.response(200);
    }

    @Test
    void aRequestWithABrokenHeaderIsAnsweredWithWhatIsWrong() {
        peer.send("OPTIONS sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 1 INVITE\n\n");
        SipResponse mismatch = peer.response(400);
        assertThat(mismatch.reason()).isEqualTo("Bad Request: CSeq of another method: INVITE");
        assertThat(mismatch.toTag()).isNotEmpty();
        assertThat(mismatch.topVia().parameters().get("rport")).isEqualTo("5062");
        peer.send("OPTIONS sip:x@127.0.0.1 SIP/7.0\n" + HEAD + "CSeq: 1 OPTIONS\n\n");
        peer.response(505);
        assertThat(peer.agent.counters().malformedByKind()).containsEntry("header", 1L);
    }

    @Test
    void aBodyShorterThanItsLengthIs400AndALongerOneIsCut() {
        peer.send("OPTIONS sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 1 OPTIONS\nContent-Length: 9\n\nabc");
        peer.response(400);
        peer.send("OPTIONS sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 2 OPTIONS\nContent-Length: 2\n\nabc");
        peer.response(200);
    }

    @Test
    void whatIsNoSipIsCountedAndNotAnswered() {
        peer.sendBytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        peer.sendBytes(new byte[] {(byte) 0x80, 0, 0, 1});
        peer.sendBytes("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        peer.send("ACK sip:x@127.0.0.1 SIP/2.0\n" + HEAD + "CSeq: 1 INVITE\n\n");
        peer.nothingSent();
        assertThat(peer.agent.counters().get(Event.MALFORMED)).isEqualTo(4);
    }

    @Test
    void aKeepAliveIsNoMessage() {
        peer.sendBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        peer.sendBytes(new byte[] {0, 0, 0, 0});
        peer.nothingSent();
        assertThat(peer.agent.counters().get(Event.MALFORMED)).isZero();
    }

    @Test
    void anAckForNothingIsCounted() {
        peer.send(peer.compose("ACK", 1, "ack", "nobody", Map.of(), ""));
        peer.nothingSent();
        assertThat(peer.agent.counters().get(Event.STRAY)).isEqualTo(1);
    }
}
