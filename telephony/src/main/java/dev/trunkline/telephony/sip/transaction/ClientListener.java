package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipResponse;

/** Who made a request. Called on the SIP thread. */
public interface ClientListener {

    /**
     * A response: any number of provisional ones, then one final one. An INVITE may get several 2xx, of other peers
     * (forked) and repeated; each is given here.
     */
    void onResponse(SipResponse response);

    /** Nobody has answered in 64 times T1, or the message could not be sent. The transaction is over. */
    void onNoResponse(Failure failure);

    /** Why there is no response. */
    enum Failure {
        /** Timer B or F. */
        TIMED_OUT,
        /** The transport gave up. */
        NOT_SENT
    }
}
