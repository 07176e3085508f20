package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.DialogId;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a Replaces header in an INVITE means here (RFC 3891, 3). Who names both tags of a call has been told of it by one of its
 * two sides: nobody else knows them.
 *
 * @param status the refusal, 0 if the INVITE may pass
 * @param replaced the call whose place the new one takes, null if the INVITE asks for none
 */
record Replacement(int status, @Nullable CallSession replaced) {

    private static final Replacement NONE = new Replacement(0, null);

    static Replacement of(SipRequest invite, Function<DialogId, @Nullable CallSession> dialogs) {
        List<String> values = invite.headers().all(HeaderName.REPLACES);
        if (values.isEmpty()) {
            return NONE;
        }
        try {
            if (values.size() > 1) {
                return refused(400);
            }
            ReplacedDialog wanted = ReplacedDialog.parse(values.getFirst());
            CallSession call = dialogs.apply(wanted.here());
            if (call == null) {
                return refused(481);
            }
            if (call.isEnded()) {
                return refused(603);
            }
            if (call.isAnswered()) {
                return wanted.earlyOnly() ? refused(486) : new Replacement(0, call);
            }
            // A call that rings here is nobody's to take over but ours; one that we have placed is.
            return call instanceof OutboundCall ? new Replacement(0, call) : refused(481);
        } catch (SipParseException e) {
            return refused(400);
        }
    }

    private static Replacement refused(int status) {
        return new Replacement(status, null);
    }
}
