package dev.trunkline.telephony.sip;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import java.util.List;

/**
 * Who calls, as From and the network tell.
 *
 * @param address From, or what the network asserts (RFC 3325) if From names nobody and the caller has not asked for privacy
 * @param forwardedFrom whom the caller had dialled first, if the call was forwarded (Diversion, RFC 5806; History-Info,
 *     RFC 7044); empty if not
 */
record CallingParty(NameAddress address, String forwardedFrom) {

    static CallingParty of(SipRequest invite) {
        return new CallingParty(address(invite), forwardedFrom(invite));
    }

    private static NameAddress address(SipRequest invite) {
        NameAddress from = invite.from();
        String user = from.uri().userName();
        boolean nameless = user.isEmpty()
                || user.equalsIgnoreCase("anonymous")
                || from.uri().host().equalsIgnoreCase("anonymous.invalid");
        String privacy = invite.header("Privacy");
        if (!nameless || privacy != null && !privacy.strip().equalsIgnoreCase("none")) {
            return from;
        }
        try {
            return invite.addresses(HeaderName.P_ASSERTED_IDENTITY).stream()
                    .findFirst()
                    .orElse(from);
        } catch (SipParseException e) {
            return from;
        }
    }

    /** Diversion has the latest forwarder first, History-Info the first target: whom it began with is the last, the first. */
    private static String forwardedFrom(SipRequest invite) {
        try {
            List<NameAddress> diversions = invite.addresses(HeaderName.DIVERSION);
            if (!diversions.isEmpty()) {
                return diversions.getLast().uri().userName();
            }
            List<NameAddress> history = invite.addresses(HeaderName.HISTORY_INFO);
            return history.size() > 1 ? history.getFirst().uri().userName() : "";
        } catch (SipParseException e) {
            return "";
        }
    }
}
