package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.transport.Hop;
import java.util.List;

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
     * @return the values of as many WWW-Authenticate headers if the caller has to prove who they are, empty to let them
     *     in
     */
    default List<String> challenge(SipRequest invite, Hop source) {
        return List.of();
    }
}
