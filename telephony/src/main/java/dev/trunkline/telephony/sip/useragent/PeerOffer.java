package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import org.jspecify.annotations.Nullable;

/** An offer of the peer inside a call, by re-INVITE or UPDATE, and the reply to it. */
final class PeerOffer implements OfferReply {

    private final Renegotiation owner;
    private final CallSession call;
    private final ServerTransaction transaction;
    private final Dialog dialog;
    private final @Nullable Sdp offer;

    PeerOffer(
            Renegotiation owner, CallSession call, ServerTransaction transaction, Dialog dialog, @Nullable Sdp offer) {
        this.owner = owner;
        this.call = call;
        this.transaction = transaction;
        this.dialog = dialog;
        this.offer = offer;
    }

    @Override
    public void accept(Sdp sdp) {
        call.agent.scheduler().execute(() -> {
            if (!settle()) {
                return;
            }
            dialog.refreshTarget(transaction.request());
            SipResponse success = owner.success(transaction, dialog, sdp);
            if (transaction instanceof InviteServerTransaction invite) {
                call.succeed(invite, success, offer == null);
            } else {
                transaction.respond(call.agent.completed(success));
            }
            owner.noteLocal(sdp);
            if (offer != null) {
                call.noteEarlyChange(dialog);
                owner.noteRemote(offer);
            }
            owner.onQuiet();
        });
    }

    @Override
    public void reject(int status, String reason) {
        call.agent.scheduler().execute(() -> {
            if (settle()) {
                String phrase = reason.isEmpty() ? ReasonPhrase.of(status) : reason;
                if (status == 488) {
                    call.agent.noteRefusal(transaction, status, phrase);
                }
                call.agent.respond(transaction, status, phrase, "");
                owner.onQuiet();
            }
        });
    }

    private boolean settle() {
        if (!owner.settle(this)) {
            return false;
        }
        if (call.isEnded()) {
            call.agent.respond(transaction, 487, ReasonPhrase.of(487), "");
            return false;
        }
        return true;
    }
}
