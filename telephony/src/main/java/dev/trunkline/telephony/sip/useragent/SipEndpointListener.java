package dev.trunkline.telephony.sip.useragent;

/** Takes what concerns the endpoint as a whole. Called on the SIP thread; must not block. */
@FunctionalInterface
public interface SipEndpointListener {

    /**
     * Somebody calls. Ring, answer or reject it now or later; a 100 is sent meanwhile.
     *
     * @return who hears of the call from now on
     */
    SipCallListener onInvite(IncomingSipCall call);
}
