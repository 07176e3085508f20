package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that has come in and its answers. SIP thread only. */
public abstract sealed class ServerTransaction permits InviteServerTransaction, NonInviteServerTransaction {

    final TransactionLayer layer;
    private @Nullable SipRequest request;
    private final Hop source;
    private final Hop replyTo;
    private final @Nullable Hop otherwise;
    private final String key;
    private byte @Nullable [] lastResponse;
    private long size;
    private boolean dispatched;
    private @Nullable Timer lifetime;
    private boolean over;
    private int finalStatus;
    private boolean merged;
    private @Nullable Runnable forgetArrival;

    ServerTransaction(TransactionLayer layer, String key, SipRequest request, Hop source, Hop replyTo) {
        this.layer = layer;
        this.key = key;
        this.request = request;
        this.source = source;
        this.replyTo = replyTo;
        this.otherwise = TransactionLayer.newConnection(request.topVia(), source);
        this.size = request.size();
    }

    /** About how many bytes are kept. */
    long size() {
        return size;
    }

    /** The user has seen the request. */
    void dispatched() {
        dispatched = true;
        if (isAnswered()) {
            release();
        }
    }

    /** After the answer its bytes are all that is needed: they wait 32 s, in a flood many times over. */
    void release() {
        request = null;
        byte[] bytes = lastResponse;
        long left = over || bytes == null ? 0 : bytes.length;
        if (!over) {
            layer.load().resize(source.address().getAddress(), left - size);
            size = left;
        }
    }

    void noteMerge(String mergeKey, Map<String, ServerTransaction> firstArrivals) {
        if (mergeKey.isEmpty()) {
            return;
        }
        merged = firstArrivals.putIfAbsent(mergeKey, this) != null;
        if (!merged) {
            forgetArrival = () -> firstArrivals.remove(mergeKey, this);
        }
    }

    /**
     * True if the same request has come by another way before (RFC 3261, 8.2.2.2): a proxy has forked it and both
     * branches lead here.
     */
    public boolean isMerged() {
        return merged;
    }

    /**
     * The request.
     *
     * @throws IllegalStateException if it has been answered and its dispatch is over: it is forgotten then
     */
    public SipRequest request() {
        SipRequest current = request;
        if (current == null) {
            throw new IllegalStateException("answered, its request is forgotten");
        }
        return current;
    }

    /** Where the request came from. */
    public Hop source() {
        return source;
    }

    /** True if a final response has been sent. */
    public boolean isAnswered() {
        return finalStatus != 0;
    }

    /** The status of the final response, 0 if there is none yet. */
    public int finalStatus() {
        return finalStatus;
    }

    /** True when the transaction has been forgotten. */
    public boolean isOver() {
        return over;
    }

    String key() {
        return key;
    }

    /** Answers with the usual phrase and nothing else; {@code toTag} is empty for 100 only. */
    public void respond(int status, String toTag) {
        if (!isAnswered()) {
            respond(SipResponse.to(request(), status, ReasonPhrase.of(status), toTag));
        }
    }

    /** Sends a response; one after the final response is dropped, but for a repeated 2xx to an INVITE. */
    public abstract void respond(SipResponse response);

    abstract void onRepeatedRequest();

    void transmit(SipResponse response) {
        byte[] bytes = response.toBytes();
        lastResponse = bytes;
        if (!response.isProvisional()) {
            finalStatus = response.status();
        }
        layer.reply(bytes, replyTo, otherwise);
        if (dispatched && isAnswered()) {
            release();
        }
    }

    void retransmit() {
        byte[] bytes = lastResponse;
        if (bytes != null) {
            layer.counters().count(Event.RETRANSMITTED);
            layer.reply(bytes, replyTo, otherwise);
        }
    }

    boolean isReliable() {
        return replyTo.protocol().isReliable();
    }

    void liveFor(long milliseconds, Runnable then) {
        if (lifetime != null) {
            lifetime.cancel();
        }
        lifetime = layer.scheduler().after(milliseconds, then);
    }

    void end() {
        over = true;
        if (lifetime != null) {
            lifetime.cancel();
            lifetime = null;
        }
        if (forgetArrival != null) {
            forgetArrival.run();
        }
        layer.forget(this);
    }
}
