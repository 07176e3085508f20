package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours inside a call that changes or refreshes it: a re-INVITE, or an UPDATE before the answer and for a refresh.
 */
final class OwnExchange implements ClientListener {

    /** Who waits for the outcome. */
    interface Owner {

        /** It has been taken or refused for good, and that has been told. */
        void over(OwnExchange exchange);

        /** It is to be sent again after that many milliseconds. */
        void again(OwnExchange exchange, long millis);
    }

    private final Owner owner;
    private final CallSession call;
    private final Dialog dialog;
    private final @Nullable Sdp offer;
    private final boolean refreshing;
    private SipRequest request;
    private int challenges;
    private @Nullable Runnable repeatAck;

    /**
     * Not sent yet.
     *
     * @param offer null for an UPDATE that only refreshes
     * @param refreshing whether the offer is the one that is in force
     */
    OwnExchange(Owner owner, CallSession call, Dialog dialog, String method, @Nullable Sdp offer, boolean refreshing) {
        this.owner = owner;
        this.call = call;
        this.dialog = dialog;
        this.offer = offer;
        this.refreshing = refreshing;
        this.request = dialog.request(method);
    }

    @Nullable
    Sdp offer() {
        return offer;
    }

    boolean isRefreshing() {
        return refreshing;
    }

    void send() {
        if (offer != null) {
            request.body(Sdp.CONTENT_TYPE, offer.toBytes());
        }
        if (call.isAnswered()) {
            call.timer().ask(request);
        }
        if (request.is(SipMethod.INVITE)) {
            invite();
        } else {
            request.headers().add(HeaderName.SUPPORTED, Extensions.SUPPORTED);
            call.agent.send(dialog, request, this);
        }
    }

    private void invite() {
        DigestClient credentials = dialog.credentials();
        if (credentials != null) {
            credentials.authorize(request);
        }
        call.agent.invite(dialog.nextHop(), request, hop -> true, started -> {}, this);
    }

    private boolean repeatWithProof(SipResponse response) {
        DigestClient credentials = dialog.credentials();
        if (credentials == null
                || call.isEnded()
                || !request.is(SipMethod.INVITE)
                || !Challenges.isChallenge(response)
                || credentials.onChallenge(request, response, ++challenges) != DigestClient.Outcome.REPEAT) {
            return false;
        }
        request = dialog.again(request);
        invite();
        return true;
    }

    @Override
    public void onResponse(SipResponse response) {
        if (response.isProvisional()) {
            return;
        }
        if (response.isSuccess()) {
            onSuccess(response);
        } else if (!repeatWithProof(response)) {
            onRefusal(response);
        }
    }

    private void onSuccess(SipResponse response) {
        if (repeatAck != null) {
            repeatAck.run();
            return;
        }
        dialog.refreshTarget(response);
        if (request.is(SipMethod.INVITE)) {
            repeatAck = call.agent.acknowledge(dialog, dialog.ack(request.cseq().number()));
        }
        if (call.isEnded()) {
            owner.over(this);
            return;
        }
        call.noteAbilities(response);
        if (call.isAnswered()) {
            call.timer().onSuccess(request, response);
        }
        if (offer != null) {
            takeAnswer(response, offer);
        }
        owner.over(this);
    }

    private void takeAnswer(SipResponse response, Sdp offered) {
        try {
            Sdp answer = UserAgent.description(response);
            if (answer == null) {
                throw new SdpException("no answer in the 200");
            }
            call.renegotiation().noteLocal(offered);
            call.noteEarlyChange(dialog);
            if (!refreshing) {
                call.emit(new SipCallEvent.OfferAnswered(answer));
            } else if (!answer.equals(call.renegotiation().remote())) {
                call.emit(new SipCallEvent.Refreshed(answer));
            }
            call.renegotiation().noteRemote(answer);
        } catch (SdpException e) {
            call.endAnswered(CallCause.sip(488, "SDP: " + e.getMessage()));
        }
    }

    private void onRefusal(SipResponse response) {
        int status = response.status();
        boolean update = request.is(SipMethod.UPDATE);
        if (status == 491) {
            owner.again(this, backOff());
        } else if (status == 422 && call.timer().raise(response)) {
            owner.again(this, 0);
        } else if (status == 481 || status == 408 && !update) {
            call.lost(CallCause.sip(status, response.reason()));
            owner.over(this);
        } else if (update && call.isAnswered()) {
            // The re-INVITE does the same and is known everywhere.
            call.forgetUpdate();
            owner.again(this, 0);
        } else {
            if (!refreshing) {
                call.emit(new SipCallEvent.OfferRefused(status, response.reason()));
            }
            owner.over(this);
        }
    }

    /** RFC 3261, 14.1: in steps of 10 ms, so that the two sides do not meet again. */
    private long backOff() {
        return dialog.isCaller()
                ? call.agent.identifiers().between(210, 401) * 10
                : call.agent.identifiers().between(0, 201) * 10;
    }

    @Override
    public void onNoResponse(Failure failure) {
        if (call.isAnswered()) {
            call.lost(CallCause.sip(408, "no answer to the " + (refreshing ? "refresh" : "re-INVITE")));
        }
        owner.over(this);
    }
}
