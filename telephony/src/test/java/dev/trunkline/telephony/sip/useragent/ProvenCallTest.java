package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.digest.Credentials;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls by a trunk that wants to know who we are. */
class ProvenCallTest {

    private static final String CHALLENGE = "Digest realm=\"trunk\", nonce=\"one\", algorithm=MD5, qop=\"auth\"";

    private final RawPeer peer = new RawPeer();
    private final DigestClient proof = DigestClient.of(new Credentials("acct", "secret"), new Random(2));

    private OutgoingSipCall place() {
        return peer.agent.call(
                CallRequest.to(
                                SipUri.parse("sip:+4930123@trunk.example"),
                                NameAddress.parse("<sip:acct@trunk.example>"),
                                local -> RawPeer.sdp())
                        .by(List.of(SipUri.parse("sip:127.0.0.2:5062")), proof),
                (call, event) -> peer.events.add(event));
    }

    private SipResponse challenged(SipRequest request, int status, String challenge) {
        SipResponse response = SipResponse.to(request, status, "Prove it", "proxy");
        response.headers().add(status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate", challenge);
        return response;
    }

    private SipRequest provenInvite() {
        peer.send(challenged(peer.request("INVITE"), 407, CHALLENGE));
        peer.request("ACK");
        return peer.request("INVITE");
    }

    private OutgoingSipCall established() {
        OutgoingSipCall call = place();
        peer.send(peer.answerTo(provenInvite(), 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        return call;
    }

    @Test
    void aChallengedInviteIsRepeatedWithTheProof() {
        place();
        SipRequest first = peer.request("INVITE");
        peer.send(challenged(first, 407, CHALLENGE));
        SipRequest ack = peer.request("ACK");
        assertThat(ack.cseq().number()).isEqualTo(first.cseq().number());
        assertThat(ack.topVia().branch()).isEqualTo(first.topVia().branch());
        SipRequest second = peer.request("INVITE");
        assertThat(second.header("Proxy-Authorization")).contains("username=\"acct\"", "nc=00000001");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.toTag()).isEmpty();
        assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
        assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
        assertThat(second.headers().count("Via")).isEqualTo(1);
        assertThat(second.headers().count("User-Agent")).isEqualTo(1);
        assertThat(second.headers().count("Contact")).isEqualTo(1);
        assertThat(second.header("Route")).isEqualTo("<sip:127.0.0.2:5062;lr>");
        assertThat(second.bodyText()).isEqualTo(first.bodyText());
        peer.send(peer.answerTo(second, 200, "bob", RawPeer.OFFER));
        SipRequest confirmed = peer.request("ACK");
        assertThat(confirmed.cseq().number()).isEqualTo(second.cseq().number());
        peer.event(SipCallEvent.Answered.class);
    }

    @Test
    void aWrongPasswordEndsTheCallAndNothingLoops() {
        place();
        SipRequest second = provenInvite();
        peer.send(challenged(second, 407, CHALLENGE));
        peer.request("ACK");
        peer.nothingSent();
        assertThat(peer.event(SipCallEvent.Failed.class).status()).isEqualTo(407);
    }

    @Test
    void theByeCarriesTheProofUnasked() {
        established().hangUp(CallCause.NORMAL);
        assertThat(peer.request("BYE").header("Proxy-Authorization")).contains("nc=00000002");
    }

    @Test
    void aStaleNonceInTheByeIsRenewed() {
        established().hangUp(CallCause.NORMAL);
        SipRequest bye = peer.request("BYE");
        peer.send(challenged(bye, 407, CHALLENGE.replace("one", "two") + ", stale=true"));
        SipRequest again = peer.request("BYE");
        assertThat(again.cseq().number()).isEqualTo(bye.cseq().number() + 1);
        assertThat(again.header("Proxy-Authorization")).contains("nonce=\"two\"", "nc=00000001");
    }

    @Test
    void aChallengedReinviteIsRepeatedAndConfirmedWithItsOwnNumber() {
        established().reinvite(RawPeer.sdp("sendonly"));
        SipRequest reinvite = peer.request("INVITE");
        peer.send(challenged(reinvite, 401, CHALLENGE.replace("one", "two").replace("trunk", "pbx")));
        peer.request("ACK");
        SipRequest again = peer.request("INVITE");
        assertThat(again.header("Authorization")).contains("realm=\"pbx\"");
        assertThat(again.header("Proxy-Authorization")).contains("realm=\"trunk\"");
        peer.send(peer.answerTo(again, 200, "bob", RawPeer.OFFER));
        assertThat(peer.request("ACK").cseq().number()).isEqualTo(again.cseq().number());
    }

    @Test
    void anInviteThatWasTakenBackIsNotRepeated() {
        OutgoingSipCall call = place();
        SipRequest first = peer.request("INVITE");
        peer.send(peer.answerTo(first, 100, "", ""));
        call.cancel();
        peer.request("CANCEL");
        peer.send(challenged(first, 407, CHALLENGE));
        peer.request("ACK");
        peer.nothingSent();
        peer.event(SipCallEvent.Cancelled.class);
    }

    @Test
    void ourByeInACallThatCameInIsProvenToo() {
        peer.send(peer.invite());
        peer.call().proveWith(proof);
        peer.call().answer(RawPeer.sdp());
        String tag = peer.response(200).toTag();
        peer.send(peer.compose("ACK", 1, "ack1", tag, java.util.Map.of(), ""));
        peer.sent.clear();
        peer.call().hangUp(CallCause.NORMAL);
        peer.send(challenged(peer.request("BYE"), 401, CHALLENGE));
        assertThat(peer.request("BYE").header("Authorization")).contains("username=\"acct\"");
    }
}
