package dev.trunkline.telephony.sip.useragent;

/** Hears of one call. Called on the SIP thread; must not block. The last event of each call is an {@link SipCallEvent.Ended}. */
@FunctionalInterface
public interface SipCallListener {

    /** Something has happened. */
    void onEvent(SipCall call, SipCallEvent event);
}
