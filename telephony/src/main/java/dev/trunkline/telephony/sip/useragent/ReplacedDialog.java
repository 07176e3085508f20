package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.dialog.DialogId;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.Parameters;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipUri;

/**
 * The value of a Replaces header (RFC 3891): the dialog whose place a new call is to take, named as its owner knows it.
 *
 * @param callId the Call-ID
 * @param toTag the tag of whom the INVITE with the header is for
 * @param fromTag the tag of who is replaced
 * @param earlyOnly whether only a call that still rings may be replaced
 */
public record ReplacedDialog(String callId, String toTag, String fromTag, boolean earlyOnly) {

    /**
     * Reads the header.
     *
     * @throws SipParseException if it breaks the grammar
     */
    static ReplacedDialog parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon <= 0) {
            throw new SipParseException("Replaces without tags");
        }
        Parameters parameters = Parameters.parse(value.substring(semicolon));
        String to = parameters.get("to-tag");
        String from = parameters.get("from-tag");
        if (to == null || from == null) {
            throw new SipParseException("Replaces without tags");
        }
        return new ReplacedDialog(value.substring(0, semicolon).strip(), to, from, parameters.has("early-only"));
    }

    /** A dialog of ours, as its peer has to name it. */
    static ReplacedDialog of(Dialog dialog) {
        return new ReplacedDialog(
                dialog.id().callId(), dialog.id().remoteTag(), dialog.id().localTag(), false);
    }

    /** Which of our dialogs it means. */
    DialogId here() {
        return new DialogId(callId, toTag, fromTag);
    }

    /** The target of a REFER: whoever calls it takes the dialog's place there. */
    SipUri in(SipUri target) {
        return target.asRequestUri().withHeader(HeaderName.REPLACES, toString());
    }

    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }
}
