package dev.trunkline.telephony.sip.useragent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that are sent elsewhere, by us and by the peer (RFC 3515, 4488, 5589). */
class ReferTest {

    private final RawPeer peer = new RawPeer();
    private final String tag = peer.established();
    private long cseq = 10;

    private SipRequest refer() {
        peer.call().refer(SipUri.parse("sip:person@127.0.0.9"));
        return peer.request("REFER");
    }

    private void notified(String state, String fragment) {
        notified(state, fragment, "refer");
    }

    private void notified(String state, String fragment, String event) {
        cseq++;
        peer.send(peer.compose(
                "NOTIFY",
                cseq,
                "n" + cseq,
                tag,
                Map.of("Event", event, "Subscription-State", state, "Content-Type", "message/sipfrag;version=2.0"),
                fragment));
    }

    private List<SipCallEvent> told() {
        return peer.events.stream()
                .filter(event -> !(event instanceof SipCallEvent.Acked))
                .toList();
    }

    // ---- we send the peer elsewhere

    @Test
    void thePeerGoesThereAndTellsHowItGoes() {
        SipRequest refer = refer();
        assertThat(refer.header("Refer-To")).isEqualTo("<sip:person@127.0.0.9>");
        assertThat(refer.header("Referred-By")).isEqualTo("<sip:reception@127.0.0.1>");
        assertThat(refer.header("Contact")).isEqualTo("<sip:reception@127.0.0.1:5060>");
        peer.send(peer.answerTo(refer, 202, "", ""));
        notified("active;expires=60", "SIP/2.0 100 Trying\r\n");
        peer.response(200);
        notified(
                "active;expires=50",
                "SIP/2.0 180 Ringing\r\n",
                "refer;id=" + refer.cseq().number());
        peer.response(200);
        notified("terminated;reason=noresource", "SIP/2.0 200 OK\r\n");
        peer.response(200);
        assertThat(told())
                .containsExactly(
                        new SipCallEvent.TransferProgress(100, "Trying"),
                        new SipCallEvent.TransferProgress(180, "Ringing"),
                        new SipCallEvent.Transferred());
        notified("terminated;reason=noresource", "SIP/2.0 200 OK\r\n");
        peer.response(481);
    }

    @Test
    void aNotifyThatOvertakesThe202Counts() {
        SipRequest refer = refer();
        notified("active", "SIP/2.0 100 Trying");
        peer.response(200);
        notified("terminated", "SIP/2.0 486 Busy Here");
        peer.response(200);
        peer.send(peer.answerTo(refer, 202, "", ""));
        assertThat(told())
                .containsExactly(
                        new SipCallEvent.TransferProgress(100, "Trying"),
                        new SipCallEvent.TransferRefused(486, "Busy Here", true));
        peer.clock.advance(200_000);
        assertThat(told()).hasSize(2);
    }

    @Test
    void aPeerThatDoesNoTransfersSaysSoAndTheCallGoesOn() {
        for (int status : new int[] {405, 501, 403, 603}) {
            peer.events.clear();
            peer.send(peer.answerTo(refer(), status, "", ""));
            assertThat(told()).containsExactly(new SipCallEvent.TransferRefused(status, "As Asked", false));
        }
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aPeerThatNeverAnswersTheReferIsAsGoodAsOneThatRefuses() {
        refer();
        peer.clock.advance(32_000);
        assertThat(told()).containsExactly(new SipCallEvent.TransferRefused(408, "no answer to the REFER", false));
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aPeerThatTellsNothingOfTheTransferIsGivenUpOn() {
        peer.send(peer.answerTo(refer(), 202, "", ""));
        peer.clock.advance(89_999);
        assertThat(told()).isEmpty();
        peer.clock.advance(1);
        assertThat(told())
                .containsExactly(new SipCallEvent.TransferRefused(408, "nothing was heard of the transfer", true));
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void aPeerThatEndsTheSubscriptionWithoutAnOutcomeHasFailed() {
        peer.send(peer.answerTo(refer(), 202, "", ""));
        notified("terminated;reason=timeout", "SIP/2.0 100 Trying");
        assertThat(told())
                .containsExactly(new SipCallEvent.TransferRefused(0, "the peer tells no more of the transfer", true));
    }

    @Test
    void aPeerThatTakesTheReferWithoutASubscriptionIsBelieved() {
        SipResponse ok = peer.answerTo(refer(), 202, "", "");
        ok.headers().add("Refer-Sub", "false");
        peer.send(ok);
        assertThat(told()).containsExactly(new SipCallEvent.Transferred());
    }

    @Test
    void aPeerThatHangsUpOnceItHasTakenTheReferHasGoneThere() {
        peer.send(peer.answerTo(refer(), 202, "", ""));
        peer.send(peer.compose("BYE", 11, "bye", tag, Map.of(), ""));
        peer.response(200);
        assertThat(told())
                .containsExactly(
                        new SipCallEvent.Transferred(), new SipCallEvent.HungUp(Party.REMOTE, CallCause.NORMAL));
    }

    @Test
    void aSecondTransferWhileOneRunsIsRefusedHere() {
        refer();
        peer.call().refer(SipUri.parse("sip:other@127.0.0.9"));
        peer.nothingSent();
        assertThat(told()).containsExactly(new SipCallEvent.TransferRefused(491, "another transfer is running", false));
    }

    @Test
    void theConsultationIsNamedByItsDialogAsThePersonKnowsIt() {
        OutgoingSipCall second = peer.agent.call(
                CallRequest.to(
                        SipUri.parse("sip:person@127.0.0.2:5062"),
                        NameAddress.parse("<sip:desk@invalid>"),
                        local -> RawPeer.sdp()),
                (call, event) -> {});
        SipRequest invite = peer.request("INVITE");
        peer.send(peer.answerTo(invite, 200, "bob", RawPeer.OFFER));
        peer.request("ACK");
        peer.call().refer(second);
        String target = peer.request("REFER").header("Refer-To");
        assertThat(target)
                .isEqualTo("<sip:bob@127.0.0.2:5062?Replaces=" + invite.callId() + "%3Bto-tag%3Dbob%3Bfrom-tag%3D"
                        + invite.fromTag() + ">");
    }

    // ---- the peer sends us elsewhere

    private SipCallEvent.ReferReceived referred(Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.putIfAbsent("Refer-To", "<sip:b@127.0.0.9>");
        peer.send(peer.compose("REFER", 2, "refer", tag, headers, ""));
        return peer.event(SipCallEvent.ReferReceived.class);
    }

    private SipRequest notify(String fragment) {
        SipRequest notify = peer.request("NOTIFY");
        assertThat(notify.bodyText()).isEqualTo(fragment + "\r\n");
        assertThat(notify.header("Event")).isEqualTo("refer");
        return notify;
    }

    @Test
    void aReferThatIsTakenIs202AndEachStepIsTold() {
        SipCallEvent.ReferReceived wish = referred(Map.of("Referred-By", "<sip:ann@127.0.0.2>"));
        assertThat(wish.target().toString()).isEqualTo("sip:b@127.0.0.9");
        assertThat(wish.by()).isEqualTo("<sip:ann@127.0.0.2>");
        assertThat(wish.replaces()).isEmpty();
        wish.reply().accept();
        assertThat(peer.response(202).headers().has("Contact")).isTrue();
        SipRequest first = notify("SIP/2.0 100 Trying");
        assertThat(first.header("Subscription-State")).startsWith("active;expires=");
        wish.reply().tell(180, "");
        wish.reply().tell(200, "");
        peer.nothingSent();
        peer.send(peer.answerTo(first, 200, "", ""));
        SipRequest second = notify("SIP/2.0 180 Ringing");
        peer.send(peer.answerTo(second, 200, "", ""));
        SipRequest last = notify("SIP/2.0 200 OK");
        assertThat(last.header("Subscription-State")).isEqualTo("terminated;reason=noresource");
        wish.reply().tell(486, "");
        peer.send(peer.answerTo(last, 200, "", ""));
        peer.nothingSent();
    }

    @Test
    void aReferThatIsNotWantedIsRefusedAndTheCallGoesOn() {
        referred(Map.of()).reply().reject(603, "");
        peer.response(603);
        peer.clock.advance(100_000);
        peer.nothingSent();
        assertThat(peer.agent.callCount()).isEqualTo(1);
    }

    @Test
    void whoWantsNoNotificationsGetsNone() {
        SipCallEvent.ReferReceived wish = referred(Map.of("Refer-Sub", "false"));
        wish.reply().accept();
        assertThat(peer.response(202).header("Refer-Sub")).isEqualTo("false");
        wish.reply().tell(200, "");
        peer.nothingSent();
    }

    @Test
    void anAttendedReferNamesTheCallToReplace() {
        SipCallEvent.ReferReceived wish =
                referred(Map.of("Refer-To", "<sip:b@127.0.0.9?Replaces=abc%40host%3Bto-tag%3D12%3Bfrom-tag%3D34>"));
        assertThat(wish.replaces()).contains(new ReplacedDialog("abc@host", "12", "34", false));
        assertThat(wish.target().toString()).isEqualTo("sip:b@127.0.0.9");
    }

    @Test
    void aReferWithoutATargetOrForAnotherMethodIsRefused() {
        peer.send(peer.compose("REFER", 2, "r2", tag, Map.of(), ""));
        peer.response(400);
        peer.send(peer.compose("REFER", 3, "r3", tag, Map.of("Refer-To", "<sip:b@127.0.0.9;method=BYE>"), ""));
        peer.response(501);
        peer.send(peer.compose("REFER", 4, "r4", tag, Map.of("Refer-To", "<sip:b@127.0.0.9?Replaces=x>"), ""));
        peer.response(400);
    }

    @Test
    void aReferOutsideACallIsForbidden() {
        peer.send(peer.compose("REFER", 2, "r2", "", Map.of("Refer-To", "<sip:b@127.0.0.9>"), ""));
        peer.response(403);
    }

    @Test
    void aNotifyThatNobodyWaitsForIs481() {
        notified("active", "SIP/2.0 100 Trying");
        peer.response(481);
    }

    @Test
    void whatBecomesOfTheReferIsToldAfterThePeerHasHungUpToo() {
        SipCallEvent.ReferReceived wish = referred(Map.of());
        wish.reply().accept();
        peer.response(202);
        peer.send(peer.answerTo(peer.request("NOTIFY"), 200, "", ""));
        peer.send(peer.compose("BYE", 3, "bye", tag, Map.of(), ""));
        peer.response(200);
        wish.reply().tell(200, "");
        notify("SIP/2.0 200 OK");
    }
}
