package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import org.jspecify.annotations.Nullable;

/** One of the telephones that a call of ours rings at: a forked call has several. */
final class EarlyDialog {

    private final Dialog dialog;
    private final long inviteSequence;
    private long lastSequence = -1;
    private @Nullable Sdp settled;
    private boolean changed;

    EarlyDialog(Dialog dialog, long inviteSequence) {
        this.dialog = dialog;
        this.inviteSequence = inviteSequence;
    }

    Dialog dialog() {
        return dialog;
    }

    /** The description that was settled reliably before the answer, null if there is none. */
    @Nullable
    Sdp settled() {
        return settled;
    }

    void settle(Sdp description) {
        if (settled == null) {
            settled = description;
        }
    }

    /** An offer and answer have followed the first ones. */
    void change() {
        changed = true;
    }

    boolean isChanged() {
        return changed;
    }

    /** True if the response is a reliable one that comes in its turn and for the first time (RFC 3262, 4). */
    boolean takesReliable(SipResponse response) {
        String value = response.header(HeaderName.RSEQ);
        if (value == null || !value.strip().matches("\\d{1,10}")) {
            return false;
        }
        long sequence = Long.parseLong(value.strip());
        if (lastSequence >= 0 && sequence != lastSequence + 1) {
            return false;
        }
        lastSequence = sequence;
        return true;
    }

    /** The PRACK of the response that was taken last. */
    SipRequest prack(@Nullable Sdp answer) {
        SipRequest prack = dialog.request(SipMethod.PRACK);
        prack.headers().add(HeaderName.RACK, lastSequence + " " + inviteSequence + " " + SipMethod.INVITE);
        if (answer != null) {
            prack.body(Sdp.CONTENT_TYPE, answer.toBytes());
        }
        return prack;
    }
}
