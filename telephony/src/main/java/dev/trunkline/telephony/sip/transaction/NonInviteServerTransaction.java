package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;

/**
 * Any other request, server side (RFC 3261, 17.2.2 and figure 8). Timer J answers repetitions for 64 T1; a request that
 * nobody answers is forgotten after as long.
 */
public final class NonInviteServerTransaction extends ServerTransaction {

    NonInviteServerTransaction(TransactionLayer layer, String key, SipRequest request, Hop source, Hop replyTo) {
        super(layer, key, request, source, replyTo);
        liveFor(2 * layer.timers().giveUp(), this::end);
    }

    @Override
    public void respond(SipResponse response) {
        if (isAnswered() || isOver()) {
            return;
        }
        transmit(response);
        if (!response.isProvisional()) {
            if (isReliable()) {
                end();
            } else {
                liveFor(layer.timers().giveUp(), this::end);
            }
        }
    }

    @Override
    void onRepeatedRequest() {
        retransmit();
    }
}
