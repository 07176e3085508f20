package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;

/**
 * Any other request, client side (RFC 3261, 17.1.2 and figure 6). Timer E doubles from T1 up to T2, F gives up after
 * 64 T1, K absorbs repeated responses for T4.
 */
public final class NonInviteClientTransaction extends ClientTransaction {

    private enum State {
        TRYING,
        PROCEEDING,
        COMPLETED
    }

    private State state = State.TRYING;
    private long interval;

    NonInviteClientTransaction(TransactionLayer layer, SipRequest request, Hop hop, ClientListener listener) {
        super(layer, request, hop, listener);
        this.interval = layer.timers().t1();
    }

    @Override
    void start() {
        liveFor(layer.timers().giveUp(), this::giveUp);
        if (!hop.protocol().isReliable()) {
            retransmitAfter(interval, this::onTimerE);
        }
        transmit();
    }

    private void onTimerE() {
        retransmit();
        long t2 = layer.timers().t2();
        interval = state == State.PROCEEDING ? t2 : Math.min(interval * 2, t2);
        retransmitAfter(interval, this::onTimerE);
    }

    @Override
    boolean awaitsFirst() {
        return state == State.TRYING;
    }

    @Override
    boolean awaitsFinal() {
        return state != State.COMPLETED;
    }

    @Override
    void onResponse(SipResponse response) {
        if (state == State.COMPLETED) {
            layer.counters().count(Event.REPEATED_BY_PEER);
            return;
        }
        if (response.isProvisional()) {
            state = State.PROCEEDING;
            listener.onResponse(response);
            return;
        }
        state = State.COMPLETED;
        stopRetransmitting();
        if (hop.protocol().isReliable()) {
            end();
        } else {
            liveFor(layer.timers().t4(), this::end);
        }
        listener.onResponse(response);
    }
}
