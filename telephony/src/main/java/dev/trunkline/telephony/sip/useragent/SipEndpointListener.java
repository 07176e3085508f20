package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.transport.Hop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what concerns the endpoint as a whole. Called on the SIP thread; must not block. */
@FunctionalInterface
public interface SipEndpointListener {

    /**
     * Somebody calls. Ring, answer or reject it now or later; a 100 is sent meanwhile.
     *
     * @return who hears of the call from now on
     */
    SipCallListener onInvite(IncomingSipCall call);

    /**
     * Looks at an INVITE that begins a call before anything is made of it.
     *
     * @return what the caller has to answer to prove who they are, null to let them in
     */
    default @Nullable Challenge challenge(SipRequest invite, Hop source) {
        return null;
    }

    /**
     * What a caller has to answer.
     *
     * @param values of as many WWW-Authenticate headers
     * @param fault what was wrong with the proof that they gave, empty if they gave none
     */
    record Challenge(List<String> values, String fault) {}
}
