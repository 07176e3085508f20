package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;

/** Who stands above the transactions. Called on the SIP thread. */
public interface TransactionUser {

    /** A new request, never an ACK; answer it through the transaction. */
    void onRequest(ServerTransaction transaction);

    /** An ACK of a 2xx, possibly repeated. */
    void onAck(SipRequest ack, Hop source);

    /** True if the request belongs to a running call: such are taken when others have to be refused. */
    boolean isKnown(SipRequest request);

    /** Whether a request that belongs to nothing known may come in. */
    default Admission admission(SipRequest request, Hop source) {
        return Admission.ADMITTED;
    }

    /** A request was refused without a transaction because too much is remembered already. */
    void onOverload(SipRequest request, Hop source);

    /** A 2xx to an INVITE whose transaction is gone. */
    void onStraySuccess(SipResponse response);
}
