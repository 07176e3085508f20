package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.dialog.DialogId;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that comes in, from its INVITE on. */
final class InboundCall extends CallSession implements IncomingSipCall {

    private static final Logger LOG = System.getLogger(InboundCall.class.getName());

    private final InviteServerTransaction transaction;
    private final SipRequest invite;
    private final Dialog dialog;
    private final @Nullable Sdp offer;
    private final InetAddress localAddress;
    private final @Nullable CallSession replaced;
    private final ReliableProvisionals reliable;
    private boolean offeredEarly;
    private boolean settledEarly;
    private boolean answeredEarly;
    private @Nullable Sdp waitingAnswer;

    InboundCall(
            UserAgent agent,
            InviteServerTransaction transaction,
            Dialog dialog,
            @Nullable Sdp offer,
            @Nullable CallSession replaced) {
        super(agent);
        this.replaced = replaced;
        this.reliable = new ReliableProvisionals(agent, transaction, this::onNoPrack);
        this.transaction = transaction;
        this.invite = transaction.request();
        this.dialog = dialog;
        this.offer = offer;
        this.localAddress = agent.addresses().towards(source().getAddress());
        noteAbilities(invite);
        if (offer != null) {
            renegotiation().noteRemote(offer);
        }
    }

    void begin(SipEndpointListener endpoint) {
        transaction.onCancel(this::onCancel);
        agent.started(this);
        try {
            listener(endpoint.onInvite(this));
        } catch (RuntimeException e) {
            agent.counters().count(Event.INTERNAL_ERROR);
            LOG.log(Level.ERROR, "call " + callId() + " could not be taken", e);
            listener((call, event) -> {});
            end(CallCause.sip(500, "internal error"));
        }
    }

    DialogId dialogId() {
        return dialog.id();
    }

    @Override
    Dialog dialog() {
        return dialog;
    }

    @Override
    @Nullable
    Dialog dialogOf(SipRequest request) {
        return dialog;
    }

    @Override
    public String callId() {
        return dialog.id().callId();
    }

    @Override
    public NameAddress local() {
        return dialog.local();
    }

    @Override
    public NameAddress remote() {
        return dialog.remote();
    }

    @Override
    public InetAddress localAddress() {
        return localAddress;
    }

    @Override
    public SipRequest invite() {
        return invite;
    }

    @Override
    public String dialled() {
        return invite().uri().userName();
    }

    @Override
    public InetSocketAddress source() {
        return transaction.source().address();
    }

    @Override
    public @Nullable Sdp offer() {
        return offer;
    }

    @Override
    public void proveWith(DigestClient credentials) {
        dialog.credentials(credentials);
    }

    @Override
    public void ring() {
        agent.scheduler().execute(() -> provisional(180, null));
    }

    @Override
    public void progress(Sdp sdp) {
        agent.scheduler().execute(() -> provisional(183, sdp));
    }

    @Override
    public Optional<SipCall> replaces() {
        return Optional.ofNullable(replaced);
    }

    @Override
    public boolean canOfferEarly() {
        return Extensions.supports(invite, Extensions.RELIABLE);
    }

    private void provisional(int status, @Nullable Sdp sdp) {
        if (isEnded() || isAnswered() || waitingAnswer != null) {
            return;
        }
        boolean sure = Extensions.requires(invite, Extensions.RELIABLE) || sdp != null && canOfferEarly();
        if (sdp != null && (offeredEarly || answeredEarly || offer == null && !sure)) {
            // A second description before the answer would need an UPDATE, an offer a PRACK.
            return;
        }
        SipResponse response = dialogResponse(status);
        if (sdp != null) {
            response.body(Sdp.CONTENT_TYPE, sdp.toBytes());
            renegotiation().noteLocal(sdp);
            offeredEarly = offer == null;
            answeredEarly = sure && offer != null;
        }
        if (sure) {
            reliable.send(response, sdp != null);
        } else {
            transaction.respond(agent.completed(response));
        }
    }

    @Override
    void onPrack(ServerTransaction prack) {
        if (!reliable.confirm(prack.request())) {
            super.onPrack(prack);
            return;
        }
        try {
            Sdp description = UserAgent.description(prack.request());
            if (description != null && offeredEarly && !settledEarly) {
                settledEarly = true;
                renegotiation().noteRemote(description);
                agent.respond(prack, 200, ReasonPhrase.of(200), "");
                emit(new SipCallEvent.EarlyAnswer(description));
            } else if (description != null) {
                settledEarly |= answeredEarly;
                renegotiation().onUpdate(prack, dialog);
            } else {
                settledEarly |= answeredEarly;
                agent.respond(prack, 200, ReasonPhrase.of(200), "");
            }
        } catch (SdpException e) {
            agent.refuseDescription(prack, e, "");
        }
        reliable.proceed();
        Sdp waiting = waitingAnswer;
        if (waiting != null && !reliable.awaitsDescription()) {
            waitingAnswer = null;
            answerNow(waiting);
        }
        renegotiation().onQuiet();
    }

    private void onNoPrack() {
        waitingAnswer = null;
        refuse(504, "Server Time-out: no PRACK", Map.of());
    }

    @Override
    @Nullable
    Dialog settledEarly() {
        return settledEarly ? dialog : null;
    }

    @Override
    boolean isSettled(Dialog early) {
        return settledEarly;
    }

    @Override
    boolean hasOffered() {
        return offer == null;
    }

    @Override
    void noteEarlyChange(Dialog early) {}

    private SipResponse dialogResponse(int status) {
        SipResponse response = SipResponse.to(
                invite(), status, ReasonPhrase.of(status), dialog.id().localTag());
        for (String route : invite().headers().all(HeaderName.RECORD_ROUTE)) {
            response.headers().add(HeaderName.RECORD_ROUTE, route);
        }
        response.headers()
                .add(
                        HeaderName.CONTACT,
                        agent.contact(invite, transaction.source()).toString())
                .add(HeaderName.ALLOW, UserAgent.ALLOW)
                .add(HeaderName.SUPPORTED, Extensions.SUPPORTED);
        return response;
    }

    @Override
    public void answer(Sdp sdp) {
        agent.scheduler().execute(() -> {
            if (isEnded() || isAnswered() || waitingAnswer != null) {
                return;
            }
            if (reliable.awaitsDescription()) {
                waitingAnswer = sdp;
            } else {
                answerNow(sdp);
            }
        });
    }

    /** What was settled by a reliable 183 is not said again: an UPDATE may have changed it since (RFC 6337, 3.1.1). */
    private void answerNow(Sdp sdp) {
        nowAnswered();
        reliable.answered();
        SipResponse success = dialogResponse(200);
        success.headers().add(HeaderName.ACCEPT, UserAgent.ACCEPT);
        timer().answer(invite, success);
        if (!settledEarly) {
            success.body(Sdp.CONTENT_TYPE, sdp.toBytes());
            renegotiation().noteLocal(sdp);
        }
        succeed(transaction, success, offer == null && !settledEarly);
    }

    @Override
    public void reject(int status, String reason, Map<String, String> headers) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("no refusal: " + status);
        }
        agent.scheduler().execute(() -> refuse(status, reason, headers));
    }

    private void refuse(int status, String reason, Map<String, String> headers) {
        if (isEnded() || isAnswered()) {
            return;
        }
        String phrase = reason.isEmpty() ? ReasonPhrase.of(status) : reason;
        SipResponse refusal =
                SipResponse.to(invite(), status, phrase, dialog.id().localTag());
        if (status == 488) {
            agent.noteRefusal(transaction, status, phrase);
        }
        headers.forEach(refusal.headers()::add);
        reliable.stop();
        transaction.respond(agent.completed(refusal));
        agent.forget(dialog.id());
        emit(new SipCallEvent.Failed(status, phrase, Party.LOCAL, List.of()));
    }

    private void onCancel(SipRequest cancel) {
        if (!isEnded() && !isAnswered()) {
            terminate(new SipCallEvent.Cancelled(Party.REMOTE, CallCause.of(cancel)));
        }
    }

    private void terminate(SipCallEvent.Ended event) {
        agent.respond(transaction, 487, ReasonPhrase.of(487), dialog.id().localTag());
        agent.forget(dialog.id());
        emit(event);
    }

    @Override
    void onByeReceived(CallCause cause) {
        if (isAnswered()) {
            emit(new SipCallEvent.HungUp(Party.REMOTE, cause));
        } else {
            terminate(new SipCallEvent.Cancelled(Party.REMOTE, cause));
        }
    }

    @Override
    void end(CallCause cause) {
        if (isAnswered()) {
            endAnswered(cause);
        } else {
            refuse(cause.protocol().equals("SIP") && cause.code() >= 300 ? cause.code() : 480, "", Map.of());
        }
    }

    @Override
    void onEnded() {
        reliable.stop();
    }
}
