package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * INVITE, server side (RFC 3261, 17.2.1 and figure 7; RFC 6026, 8.5). A 100 goes out by itself if nothing else has
 * after 100 ms; timer G repeats a refusal from T1 up to T2 until the ACK, H gives up on it after 64 T1, I absorbs
 * repeated ACKs for T4, L absorbs repeated INVITEs after a 2xx for 64 T1. Repeating a 2xx is the user agent's work.
 */
public final class InviteServerTransaction extends ServerTransaction {

    /** RFC 3261 allows 200 ms; half of it leaves room for a busy thread. */
    static final long TRYING_AFTER_MS = 100;

    private enum State {
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        CONFIRMED
    }

    private State state = State.PROCEEDING;
    private boolean responded;
    private @Nullable Timer trying;
    private @Nullable Timer retransmission;
    private long interval;
    private Consumer<SipRequest> cancelListener = cancel -> {};

    InviteServerTransaction(TransactionLayer layer, String key, SipRequest request, Hop source, Hop replyTo) {
        super(layer, key, request, source, replyTo);
        this.interval = layer.timers().t1();
        this.trying = layer.scheduler().after(TRYING_AFTER_MS, this::onTrying);
    }

    private void onTrying() {
        if (!responded && state == State.PROCEEDING) {
            respond(100, "");
        }
    }

    @Override
    public void respond(SipResponse response) {
        if (isOver()) {
            return;
        }
        if (state == State.ACCEPTED && response.isSuccess()) {
            transmit(response);
            return;
        }
        if (state != State.PROCEEDING) {
            return;
        }
        responded = true;
        stopTrying();
        transmit(response);
        if (response.isProvisional()) {
            return;
        }
        if (response.isSuccess()) {
            state = State.ACCEPTED;
            liveFor(layer.timers().giveUp(), this::end);
        } else {
            state = State.COMPLETED;
            liveFor(layer.timers().giveUp(), this::end);
            if (!isReliable()) {
                retransmission = layer.scheduler().after(interval, this::onTimerG);
            }
        }
    }

    private void onTimerG() {
        retransmit();
        interval = Math.min(interval * 2, layer.timers().t2());
        retransmission = layer.scheduler().after(interval, this::onTimerG);
    }

    @Override
    void onRepeatedRequest() {
        if (state == State.PROCEEDING || state == State.COMPLETED) {
            if (!responded) {
                respond(100, "");
            } else {
                retransmit();
            }
        }
    }

    /**
     * Takes an ACK that matches this transaction.
     *
     * @return true if it is the ACK of a refusal and thereby done with
     */
    boolean onAck() {
        if (state == State.COMPLETED) {
            state = State.CONFIRMED;
            stopRetransmitting();
            if (isReliable()) {
                end();
            } else {
                liveFor(layer.timers().t4(), this::end);
            }
            return true;
        }
        return state == State.CONFIRMED;
    }

    /** Sets who is told when the peer takes the INVITE back; the answer 487 is up to that one. */
    public void onCancel(Consumer<SipRequest> listener) {
        cancelListener = listener;
    }

    /** Tells that a CANCEL has come; without effect once the INVITE is answered. */
    public void cancelled(SipRequest cancel) {
        if (!isAnswered()) {
            cancelListener.accept(cancel);
        }
    }

    @Override
    void release() {
        super.release();
        cancelListener = cancel -> {};
    }

    private void stopTrying() {
        if (trying != null) {
            trying.cancel();
            trying = null;
        }
    }

    private void stopRetransmitting() {
        if (retransmission != null) {
            retransmission.cancel();
            retransmission = null;
        }
    }

    @Override
    void end() {
        stopTrying();
        stopRetransmitting();
        super.end();
    }
}
