package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import org.jspecify.annotations.Nullable;

/**
 * INVITE, client side (RFC 3261, 17.1.1 and figure 5; RFC 6026, 8.4). Timer A doubles from T1, B gives up after 64 T1,
 * D absorbs repeated final responses for 32 s, M takes further 2xx for 64 T1.
 */
public final class InviteClientTransaction extends ClientTransaction {

    private enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED
    }

    private State state = State.CALLING;
    private long interval;
    private byte @Nullable [] ack;

    InviteClientTransaction(TransactionLayer layer, SipRequest request, Hop hop, ClientListener listener) {
        super(layer, request, hop, listener);
        this.interval = layer.timers().t1();
    }

    @Override
    void start() {
        liveFor(layer.timers().giveUp(), this::onTimerB);
        if (!hop.protocol().isReliable()) {
            retransmitAfter(interval, this::onTimerA);
        }
        transmit();
    }

    private void onTimerA() {
        retransmit();
        interval *= 2;
        retransmitAfter(interval, this::onTimerA);
    }

    private void onTimerB() {
        giveUp();
    }

    @Override
    boolean awaitsFirst() {
        return state == State.CALLING;
    }

    @Override
    boolean awaitsFinal() {
        return state == State.CALLING || state == State.PROCEEDING;
    }

    /** True if a provisional and no final response has come: the state in which CANCEL may be sent. */
    public boolean isProceeding() {
        return state == State.PROCEEDING && !isOver();
    }

    @Override
    void onResponse(SipResponse response) {
        switch (state) {
            case CALLING, PROCEEDING -> onFirst(response);
            case COMPLETED -> {
                if (response.status() >= 300 && ack != null) {
                    layer.counters().count(Event.REPEATED_BY_PEER);
                    layer.counters().count(Event.RETRANSMITTED);
                    layer.send(ack, hop, () -> {});
                }
            }
            case ACCEPTED -> {
                if (response.isSuccess()) {
                    listener.onResponse(response);
                }
            }
        }
    }

    private void onFirst(SipResponse response) {
        if (response.isProvisional()) {
            if (state == State.CALLING) {
                state = State.PROCEEDING;
                stopRetransmitting();
                stopLifetime();
            }
            listener.onResponse(response);
            return;
        }
        stopRetransmitting();
        if (response.isSuccess()) {
            state = State.ACCEPTED;
            liveFor(layer.timers().giveUp(), this::end);
        } else {
            state = State.COMPLETED;
            byte[] bytes = ackFor(response).toBytes();
            ack = bytes;
            layer.send(bytes, hop, () -> {});
            if (hop.protocol().isReliable()) {
                end();
            } else {
                liveFor(layer.timers().timerD(), this::end);
            }
        }
        listener.onResponse(response);
    }

    /** RFC 3261, 17.1.1.3: same Request-URI, Call-ID, From, CSeq number, single top Via, Route; To of the response. */
    private SipRequest ackFor(SipResponse response) {
        SipRequest message = sameHop(SipMethod.ACK);
        String to = response.header(HeaderName.TO);
        if (to != null) {
            message.headers().set(HeaderName.TO, to);
        }
        return message;
    }

    private SipRequest sameHop(String method) {
        SipRequest message = new SipRequest(method, request.uri());
        message.headers().add(HeaderName.VIA, request.topVia().toString());
        message.headers().add(HeaderName.MAX_FORWARDS, "70");
        message.headers().copyFrom(request.headers(), line -> switch (line.name()) {
            case HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.ROUTE -> true;
            default -> false;
        });
        message.headers().add(HeaderName.CSEQ, request.cseq().number() + " " + method);
        return message;
    }

    /**
     * Sends CANCEL for this INVITE (RFC 3261, 9.1). The INVITE's own final response still comes; if it does not come
     * within 64 T1 the transaction gives up.
     *
     * @return false if there is nothing to cancel now: no provisional response yet, or a final one
     */
    public boolean cancel() {
        if (!isProceeding()) {
            return false;
        }
        layer.start(new NonInviteClientTransaction(layer, sameHop(SipMethod.CANCEL), hop, new ClientListener() {
            @Override
            public void onResponse(SipResponse response) {}

            @Override
            public void onNoResponse(Failure failure) {}
        }));
        liveFor(layer.timers().giveUp(), this::onTimerB);
        return true;
    }
}
