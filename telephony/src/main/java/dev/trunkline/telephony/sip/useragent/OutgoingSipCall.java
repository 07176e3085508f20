package dev.trunkline.telephony.sip.useragent;

/** A call that we place. */
public interface OutgoingSipCall extends SipCall {

    /**
     * Gives up before the answer. {@link SipCallEvent.Cancelled} follows when it has taken effect; if the answer
     * crosses the CANCEL the call is confirmed and ended at once. Once answered: the same as hanging up.
     */
    void cancel();
}
