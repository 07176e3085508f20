package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that want to take another one's place (RFC 3891). */
class ReplacesTest {

    private final RawPeer peer = new RawPeer();
    private int attempts;

    private void takesPlace(String... replaces) {
        attempts++;
        SipRequest invite =
                peer.compose("INVITE", 1, "take" + attempts, "", Map.of("Require", "replaces"), RawPeer.OFFER);
        invite.headers().set("Call-ID", "taker-" + attempts).set("From", "<sip:carol@127.0.0.2>;tag=carol");
        for (String value : replaces) {
            invite.headers().add("Replaces", value);
        }
        peer.send(invite);
    }

    @Test
    void aCallThatNamesBothTagsOfARunningOneTakesItsPlace() {
        String tag = peer.established();
        IncomingSipCall first = peer.call();
        takesPlace("call-1;to-tag=" + tag + ";from-tag=ann");
        assertThat(peer.incoming).hasSize(2);
        assertThat(peer.call().replaces()).containsSame(first);
        peer.call().answer(RawPeer.sdp());
        peer.response(200);
        first.hangUp(CallCause.NORMAL);
        assertThat(peer.request("BYE").callId()).isEqualTo("call-1");
    }

    @Test
    void aCallThatWeDoNotHaveIs481() {
        String tag = peer.established();
        takesPlace("call-9;to-tag=" + tag + ";from-tag=ann");
        peer.response(481);
        takesPlace("call-1;to-tag=ann;from-tag=" + tag);
        peer.response(481);
        takesPlace("call-1;to-tag=" + tag + ";from-tag=other");
        peer.response(481);
        assertThat(peer.incoming).hasSize(1);
    }

    @Test
    void whoWantsOnlyACallThatRingsDoesNotGetOneThatRuns() {
        String tag = peer.established();
        takesPlace("call-1;to-tag=" + tag + ";from-tag=ann;early-only");
        peer.response(486);
    }

    @Test
    void aCallThatIsOverIs603() {
        String tag = peer.established();
        peer.call().hangUp(CallCause.NORMAL);
        peer.request("BYE");
        takesPlace("call-1;to-tag=" + tag + ";from-tag=ann");
        peer.response(603);
    }

    @Test
    void aCallThatRingsHereIsNobodysToTake() {
        peer.send(peer.invite());
        peer.call().ring();
        String tag = peer.response(180).toTag();
        takesPlace("call-1;to-tag=" + tag + ";from-tag=ann;early-only");
        peer.response(481);
    }

    @Test
    void aCallOfOursThatRingsThereCanBePickedUpByAnotherTelephone() {
        OutgoingSipCall ours = peer.agent.call(
                CallRequest.to(
                        SipUri.parse("sip:bob@127.0.0.2:5062"),
                        NameAddress.parse("<sip:desk@invalid>"),
                        local -> RawPeer.sdp()),
                (call, event) -> peer.events.add(event));
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 180, "bob", ""));
        takesPlace(invite.callId() + ";to-tag=" + invite.fromTag() + ";from-tag=bob;early-only");
        assertThat(peer.call().replaces()).containsSame(ours);
        peer.call().answer(RawPeer.sdp());
        peer.response(200);
        ours.hangUp(CallCause.NORMAL);
        peer.request("CANCEL");
    }

    @Test
    void twoOrUnreadableHeadersAre400() {
        String tag = peer.established();
        String right = "call-1;to-tag=" + tag + ";from-tag=ann";
        takesPlace(right, right);
        peer.response(400);
        takesPlace("call-1;to-tag=" + tag);
        peer.response(400);
    }
}
