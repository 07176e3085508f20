package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Offers and refreshes inside a call, one at a time in either direction, and their collisions (RFC 3261, 14; RFC 3311, 5;
 * RFC 4028, 7.4). Before the answer only UPDATE can carry an offer, and only once the first offer is answered for good.
 */
final class Renegotiation implements OwnExchange.Owner {

    private final CallSession call;
    private @Nullable PeerOffer inbound;
    private @Nullable OwnExchange own;
    private @Nullable Supplier<Sdp> queued;
    private @Nullable Supplier<Sdp> offered;
    private boolean refreshDue;
    private @Nullable Timer backOff;
    private @Nullable Sdp local;
    private @Nullable Sdp remote;
    private boolean held;
    private boolean toldHeld;
    private boolean confirmed;

    Renegotiation(CallSession call) {
        this.call = call;
    }

    private UserAgent agent() {
        return call.agent;
    }

    void stop() {
        queued = null;
        refreshDue = false;
        if (backOff != null) {
            backOff.cancel();
            backOff = null;
        }
    }

    // ---- the peer's offers

    void onReinvite(InviteServerTransaction transaction, Dialog dialog) {
        if (ownOfferWaits()) {
            agent().respond(transaction, 491, ReasonPhrase.of(491), "");
            return;
        }
        if (inbound != null || !call.isAnswered()) {
            retryLater(transaction);
            return;
        }
        if (tooShort(transaction)) {
            return;
        }
        try {
            Sdp offer = UserAgent.description(transaction.request());
            PeerOffer exchange = new PeerOffer(this, call, transaction, dialog, offer);
            inbound = exchange;
            transaction.onCancel(cancel -> {
                if (inbound == exchange) {
                    inbound = null;
                    agent().respond(transaction, 487, ReasonPhrase.of(487), "");
                    call.emit(new SipCallEvent.OfferWithdrawn());
                    onQuiet();
                }
            });
            call.emit(new SipCallEvent.OfferReceived(offer, exchange));
        } catch (SdpException e) {
            agent().refuseDescription(transaction, e, "");
        }
    }

    void onUpdate(ServerTransaction transaction, Dialog dialog) {
        if (tooShort(transaction)) {
            return;
        }
        try {
            Sdp offer = UserAgent.description(transaction.request());
            if (offer == null) {
                dialog.refreshTarget(transaction.request());
                succeedUpdate(transaction, dialog, null);
            } else {
                onUpdateOffer(transaction, dialog, offer);
            }
        } catch (SdpException e) {
            agent().refuseDescription(transaction, e, "");
        }
    }

    private void onUpdateOffer(ServerTransaction transaction, Dialog dialog, Sdp offer) {
        boolean open = call.isAnswered() || call.isSettled(dialog);
        if (ownOfferWaits() || !open && call.hasOffered()) {
            agent().respond(transaction, 491, ReasonPhrase.of(491), "");
        } else if (inbound != null || !open) {
            retryLater(transaction);
        } else {
            PeerOffer exchange = new PeerOffer(this, call, transaction, dialog, offer);
            inbound = exchange;
            call.emit(new SipCallEvent.OfferReceived(offer, exchange));
        }
    }

    /** An UPDATE of ours without an offer collides with nothing. */
    private boolean ownOfferWaits() {
        OwnExchange current = own;
        return current != null && current.offer() != null || call.awaitsAnswerInAck();
    }

    private boolean tooShort(ServerTransaction transaction) {
        SipResponse refusal =
                SessionTimer.refusal(transaction.request(), agent().settings().sessionTimer(), "");
        if (refusal == null) {
            return false;
        }
        transaction.respond(agent().completed(refusal));
        return true;
    }

    private void retryLater(ServerTransaction transaction) {
        SipResponse refusal =
                SipResponse.to(transaction.request(), 500, "Server Internal Error: another offer is pending", "");
        refusal.headers()
                .add(HeaderName.RETRY_AFTER, Long.toString(agent().identifiers().between(0, 11)));
        transaction.respond(agent().completed(refusal));
    }

    /** Answers an UPDATE. */
    void succeedUpdate(ServerTransaction transaction, Dialog dialog, @Nullable Sdp answer) {
        transaction.respond(agent().completed(success(transaction, dialog, answer)));
    }

    /** A 2xx with all that belongs there. */
    SipResponse success(ServerTransaction transaction, Dialog dialog, @Nullable Sdp description) {
        SipRequest request = transaction.request();
        SipResponse success = SipResponse.to(request, 200, "OK", "");
        success.headers()
                .add(
                        HeaderName.CONTACT,
                        agent().contact(dialog.local().uri().userName(), transaction.source())
                                .toString())
                .add(HeaderName.ALLOW, UserAgent.ALLOW)
                .add(HeaderName.SUPPORTED, Extensions.SUPPORTED);
        if (description != null) {
            success.body(Sdp.CONTENT_TYPE, description.toBytes());
        }
        call.noteAbilities(request);
        if (call.isAnswered()) {
            call.timer().answer(request, success);
        }
        return success;
    }

    /**
     * The peer's offer is being replied to.
     *
     * @return false if that comes too late
     */
    boolean settle(PeerOffer exchange) {
        if (inbound != exchange) {
            return false;
        }
        inbound = null;
        return true;
    }

    // ---- what is in force

    /** The peer holds if its description does not receive; each change is told once. */
    void noteRemote(Sdp description) {
        remote = description;
        held = description.holds();
        tellHold();
    }

    /** Our description that counts from now on: a refresh repeats it. */
    void noteLocal(Sdp description) {
        local = description;
    }

    @Nullable
    Sdp remote() {
        return remote;
    }

    /** The call has been told as answered: from now on hold is told, that of the first description too. */
    void confirmed() {
        confirmed = true;
        tellHold();
    }

    private void tellHold() {
        if (confirmed && held != toldHeld) {
            toldHeld = held;
            call.emit(held ? new SipCallEvent.Held() : new SipCallEvent.Resumed());
        }
    }

    // ---- our offers

    /** Offers what that gives when it can be sent: until then the peer may have changed the session. */
    void offer(Supplier<Sdp> offer) {
        if (!call.isEnded()) {
            queued = offer;
            onQuiet();
        }
    }

    /** The session interval is half over. */
    void refresh() {
        refreshDue = true;
        onQuiet();
    }

    /** Sends what waits as soon as nothing else is going on. */
    void onQuiet() {
        if (call.isEnded() || call.awaitsAck() || inbound != null || own != null || backOff != null) {
            return;
        }
        Dialog dialog = call.isAnswered() ? call.dialog() : call.settledEarly();
        if (dialog == null) {
            return;
        }
        Supplier<Sdp> next = queued;
        if (next != null) {
            boolean answered = call.isAnswered();
            if (answered || call.peerTakes(SipMethod.UPDATE)) {
                queued = null;
                offered = next;
                refreshDue &= !answered;
                String method = answered ? SipMethod.INVITE : SipMethod.UPDATE;
                start(new OwnExchange(this, call, dialog, method, next.get(), false));
            }
        } else if (refreshDue) {
            refreshDue = false;
            boolean update = call.peerTakes(SipMethod.UPDATE) || local == null;
            start(new OwnExchange(
                    this, call, dialog, update ? SipMethod.UPDATE : SipMethod.INVITE, update ? null : local, true));
        }
    }

    private void start(OwnExchange exchange) {
        own = exchange;
        exchange.send();
    }

    @Override
    public void over(OwnExchange exchange) {
        own = null;
        onQuiet();
    }

    @Override
    public void again(OwnExchange exchange, long millis) {
        own = null;
        if (call.isEnded()) {
            return;
        }
        if (exchange.isRefreshing()) {
            refreshDue = true;
        } else if (queued == null) {
            queued = offered;
        }
        if (millis == 0) {
            onQuiet();
            return;
        }
        backOff = agent().scheduler().after(millis, () -> {
            backOff = null;
            onQuiet();
        });
    }
}
