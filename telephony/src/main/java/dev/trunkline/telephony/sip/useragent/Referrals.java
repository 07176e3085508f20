package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** The REFERs of one call, ours and the peer's (RFC 3515): one at a time each. */
final class Referrals {

    private final CallSession call;
    private @Nullable OwnReferral own;
    private @Nullable PeerReferral peers;

    Referrals(CallSession call) {
        this.call = call;
    }

    /** Asks the peer to call that; null if whom it should replace is gone. */
    void refer(@Nullable SipUri target) {
        Dialog dialog = call.dialog();
        if (dialog == null || call.isEnded() || !call.isAnswered()) {
            call.emit(new SipCallEvent.TransferRefused(481, "the call is not running", false));
        } else if (target == null) {
            call.emit(new SipCallEvent.TransferRefused(481, "the other call is not running", false));
        } else if (own != null) {
            call.emit(new SipCallEvent.TransferRefused(491, "another transfer is running", false));
        } else {
            OwnReferral referral = new OwnReferral(call, dialog, () -> own = null);
            own = referral;
            referral.send(target);
        }
    }

    void onNotify(ServerTransaction transaction) {
        OwnReferral current = own;
        if (current == null || !current.takes(transaction.request())) {
            call.agent.respond(transaction, 481, ReasonPhrase.of(481), "");
            return;
        }
        call.agent.respond(transaction, 200, ReasonPhrase.of(200), "");
        current.onNotify(transaction.request());
    }

    void onRefer(ServerTransaction transaction, Dialog dialog) {
        if (!call.isAnswered() || peers != null && peers.isRunning()) {
            call.agent.respond(transaction, 491, ReasonPhrase.of(491), "");
            return;
        }
        PeerReferral referral = PeerReferral.of(call, transaction, dialog);
        if (referral != null) {
            peers = referral;
            call.emit(referral.event());
        }
    }

    /** What is to be told of a transfer whose outcome is not known when the call ends, null if there is none. */
    @Nullable
    SipCallEvent outcomeAt(SipCallEvent.Ended end) {
        OwnReferral current = own;
        return current == null ? null : current.outcomeAt(end);
    }
}
