package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import org.jspecify.annotations.Nullable;

/** A request that we have sent and what becomes of it. SIP thread only. */
public abstract sealed class ClientTransaction permits InviteClientTransaction, NonInviteClientTransaction {

    final TransactionLayer layer;
    final SipRequest request;
    final Hop hop;
    final ClientListener listener;
    private final String key;
    private final byte[] bytes;
    private @Nullable Timer retransmission;
    private @Nullable Timer lifetime;
    private boolean over;

    ClientTransaction(TransactionLayer layer, SipRequest request, Hop hop, ClientListener listener) {
        this.layer = layer;
        this.request = request;
        this.hop = hop;
        this.listener = listener;
        this.key = clientKey(request.topVia().branch(), request.method());
        this.bytes = request.toBytes();
    }

    static String clientKey(String branch, String method) {
        return branch + '|' + method;
    }

    String key() {
        return key;
    }

    /** The request as it went out. */
    public SipRequest request() {
        return request;
    }

    /** Where it went. */
    public Hop hop() {
        return hop;
    }

    /** True when nothing more will come of it. */
    public boolean isOver() {
        return over;
    }

    abstract void start();

    abstract void onResponse(SipResponse response);

    void transmit() {
        layer.send(bytes, hop, this::onNotSent);
    }

    void retransmit() {
        layer.counters().count(Event.RETRANSMITTED);
        transmit();
    }

    private void onNotSent() {
        if (!over && awaitsFinal()) {
            end();
            listener.onNoResponse(ClientListener.Failure.NOT_SENT);
        }
    }

    /** The connection that carried the request is gone: without a sign of life nobody may have got it. */
    void onConnectionLost() {
        if (!over && awaitsFirst()) {
            end();
            listener.onNoResponse(ClientListener.Failure.NOT_SENT);
        }
    }

    /** Gives up without telling the listener. */
    public void abandon() {
        if (!over) {
            end();
        }
    }

    abstract boolean awaitsFirst();

    abstract boolean awaitsFinal();

    void giveUp() {
        layer.counters().count(Event.TIMED_OUT);
        end();
        listener.onNoResponse(ClientListener.Failure.TIMED_OUT);
    }

    void retransmitAfter(long milliseconds, Runnable task) {
        stopRetransmitting();
        retransmission = layer.scheduler().after(milliseconds, task);
    }

    void stopRetransmitting() {
        if (retransmission != null) {
            retransmission.cancel();
            retransmission = null;
        }
    }

    void liveFor(long milliseconds, Runnable then) {
        if (lifetime != null) {
            lifetime.cancel();
        }
        lifetime = layer.scheduler().after(milliseconds, then);
    }

    void stopLifetime() {
        if (lifetime != null) {
            lifetime.cancel();
            lifetime = null;
        }
    }

    void end() {
        over = true;
        stopRetransmitting();
        stopLifetime();
        layer.forget(this);
    }
}
