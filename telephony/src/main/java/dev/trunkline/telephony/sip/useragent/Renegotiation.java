package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Offers inside a running call, one at a time in either direction: re-INVITE both ways, UPDATE from the peer, collisions
 * (RFC 3261, 14; RFC 3311, 5.2).
 */
final class Renegotiation {

    private final CallSession call;
    private @Nullable Inbound inbound;
    private @Nullable Sdp outbound;
    private @Nullable Sdp queued;
    private @Nullable Timer backOff;
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
        if (backOff != null) {
            backOff.cancel();
            backOff = null;
        }
    }

    // ---- the peer's offers

    void onReinvite(InviteServerTransaction transaction, Dialog dialog) {
        if (outbound != null || call.awaitsAnswerInAck()) {
            agent().respond(transaction, 491, ReasonPhrase.of(491), "");
            return;
        }
        if (inbound != null || !call.isAnswered()) {
            retryLater(transaction);
            return;
        }
        Sdp offer;
        try {
            offer = UserAgent.description(transaction.request());
        } catch (SdpException e) {
            agent().refuseDescription(transaction, e, "");
            return;
        }
        Inbound exchange = new Inbound(transaction, dialog, offer);
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
    }

    void onUpdate(ServerTransaction transaction, Dialog dialog) {
        Sdp offer;
        try {
            offer = UserAgent.description(transaction.request());
        } catch (SdpException e) {
            agent().refuseDescription(transaction, e, "");
            return;
        }
        if (offer == null) {
            dialog.refreshTarget(transaction.request());
            SipResponse success = SipResponse.to(transaction.request(), 200, "OK", "");
            addContact(success, transaction, dialog);
            transaction.respond(agent().completed(success));
            return;
        }
        if (outbound != null || call.awaitsAnswerInAck() || !call.isAnswered() && dialog.isCaller()) {
            agent().respond(transaction, 491, ReasonPhrase.of(491), "");
            return;
        }
        if (inbound != null || !call.isAnswered()) {
            retryLater(transaction);
            return;
        }
        Inbound exchange = new Inbound(transaction, dialog, offer);
        inbound = exchange;
        call.emit(new SipCallEvent.OfferReceived(offer, exchange));
    }

    private void retryLater(ServerTransaction transaction) {
        SipResponse refusal =
                SipResponse.to(transaction.request(), 500, "Server Internal Error: another offer is pending", "");
        refusal.headers()
                .add(HeaderName.RETRY_AFTER, Long.toString(agent().identifiers().between(0, 11)));
        transaction.respond(agent().completed(refusal));
    }

    private void addContact(SipResponse response, ServerTransaction transaction, Dialog dialog) {
        response.headers()
                .add(
                        HeaderName.CONTACT,
                        agent().contact(dialog.local().uri().userName(), transaction.source())
                                .toString())
                .add(HeaderName.ALLOW, UserAgent.ALLOW);
    }

    /** The peer holds if its description does not receive; each change is told once. */
    void noteRemote(Sdp remote) {
        held = remote.holds();
        tellHold();
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

    private final class Inbound implements OfferReply {

        private final ServerTransaction transaction;
        private final Dialog dialog;
        private final @Nullable Sdp offer;

        Inbound(ServerTransaction transaction, Dialog dialog, @Nullable Sdp offer) {
            this.transaction = transaction;
            this.dialog = dialog;
            this.offer = offer;
        }

        @Override
        public void accept(Sdp sdp) {
            agent().scheduler().execute(() -> {
                if (!settle()) {
                    return;
                }
                SipRequest request = transaction.request();
                dialog.refreshTarget(request);
                SipResponse success = SipResponse.to(request, 200, "OK", "");
                addContact(success, transaction, dialog);
                success.body(Sdp.CONTENT_TYPE, sdp.toBytes());
                if (transaction instanceof InviteServerTransaction invite) {
                    call.succeed(invite, success, offer == null);
                } else {
                    transaction.respond(agent().completed(success));
                }
                if (offer != null) {
                    noteRemote(offer);
                }
                onQuiet();
            });
        }

        @Override
        public void reject(int status, String reason) {
            agent().scheduler().execute(() -> {
                if (settle()) {
                    String phrase = reason.isEmpty() ? ReasonPhrase.of(status) : reason;
                    if (status == 488) {
                        agent().noteRefusal(transaction, status, phrase);
                    }
                    agent().respond(transaction, status, phrase, "");
                    onQuiet();
                }
            });
        }

        private boolean settle() {
            if (inbound != this) {
                return false;
            }
            inbound = null;
            if (call.isEnded()) {
                agent().respond(transaction, 487, ReasonPhrase.of(487), "");
                return false;
            }
            return true;
        }
    }

    // ---- our offers

    void offer(Sdp offer) {
        if (call.isEnded()) {
            return;
        }
        queued = offer;
        onQuiet();
    }

    /** Sends what waits as soon as nothing else is going on. */
    void onQuiet() {
        Sdp next = queued;
        Dialog dialog = call.dialog();
        if (next == null
                || dialog == null
                || call.isEnded()
                || !call.isAnswered()
                || call.awaitsAck()
                || inbound != null
                || outbound != null
                || backOff != null) {
            return;
        }
        queued = null;
        outbound = next;
        SipRequest invite = dialog.request(SipMethod.INVITE);
        invite.body(Sdp.CONTENT_TYPE, next.toBytes());
        send(new Outbound(dialog, invite, next));
    }

    private void send(Outbound exchange) {
        if (exchange.dialog.credentials() != null) {
            exchange.dialog.credentials().authorize(exchange.invite);
        }
        agent().invite(exchange.dialog.nextHop(), exchange.invite, hop -> true, started -> {}, exchange);
    }

    private final class Outbound implements ClientListener {

        private final Dialog dialog;
        private final Sdp offer;
        private SipRequest invite;
        private int challenges;
        private @Nullable Runnable repeatAck;

        Outbound(Dialog dialog, SipRequest invite, Sdp offer) {
            this.dialog = dialog;
            this.invite = invite;
            this.offer = offer;
        }

        @Override
        public void onResponse(SipResponse response) {
            if (response.isProvisional()) {
                return;
            }
            if (response.isSuccess()) {
                onSuccess(response);
                return;
            }
            if (repeatWithProof(response)) {
                return;
            }
            outbound = null;
            switch (response.status()) {
                case 491 -> collide();
                case 408, 481 -> call.lost(CallCause.sip(response.status(), response.reason()));
                default -> {
                    call.emit(new SipCallEvent.OfferRefused(response.status(), response.reason()));
                    onQuiet();
                }
            }
        }

        private boolean repeatWithProof(SipResponse response) {
            DigestClient credentials = dialog.credentials();
            if (credentials == null
                    || call.isEnded()
                    || !Challenges.isChallenge(response)
                    || credentials.onChallenge(invite, response, ++challenges) != DigestClient.Outcome.REPEAT) {
                return false;
            }
            invite = dialog.again(invite);
            send(this);
            return true;
        }

        private void onSuccess(SipResponse response) {
            if (repeatAck != null) {
                repeatAck.run();
                return;
            }
            outbound = null;
            dialog.refreshTarget(response);
            repeatAck = agent().acknowledge(dialog, dialog.ack(invite.cseq().number()));
            if (call.isEnded()) {
                return;
            }
            try {
                Sdp answer = UserAgent.description(response);
                if (answer == null) {
                    throw new SdpException("no answer in the 200");
                }
                call.emit(new SipCallEvent.OfferAnswered(answer));
                noteRemote(answer);
            } catch (SdpException e) {
                call.endAnswered(CallCause.sip(488, "SDP: " + e.getMessage()));
            }
            onQuiet();
        }

        /** RFC 3261, 14.1: in steps of 10 ms, so that the two sides do not meet again. */
        private void collide() {
            if (call.isEnded()) {
                return;
            }
            if (queued == null) {
                queued = offer;
            }
            long wait = dialog.isCaller()
                    ? agent().identifiers().between(210, 401) * 10
                    : agent().identifiers().between(0, 201) * 10;
            backOff = agent().scheduler().after(wait, () -> {
                backOff = null;
                onQuiet();
            });
        }

        @Override
        public void onNoResponse(Failure failure) {
            outbound = null;
            call.lost(CallCause.sip(408, "no answer to the re-INVITE"));
        }
    }
}
