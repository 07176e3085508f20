package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What calls of both directions have in common: requests inside the dialog, the exchange of offers, the end. */
abstract sealed class CallSession implements SipCall permits InboundCall, OutboundCall {

    private static final Logger LOG = System.getLogger(CallSession.class.getName());

    final UserAgent agent;
    private final Confirmations unconfirmed;
    private final Renegotiation renegotiation;
    private final SessionTimer timer;
    private final Referrals referrals;
    private final DigitSender digits;
    private final List<SipCallEvent> untold = new ArrayList<>();
    private @Nullable SipCallListener listener;
    private volatile List<String> peerMethods = List.of();
    private boolean ended;
    private boolean answered;
    private @Nullable CallCause byeWhenConfirmed;

    CallSession(UserAgent agent) {
        this.agent = agent;
        this.unconfirmed = new Confirmations(agent);
        this.renegotiation = new Renegotiation(this);
        this.timer = new SessionTimer(this);
        this.referrals = new Referrals(this);
        this.digits = new DigitSender(this);
    }

    /** Sets who hears of the call, and tells what has happened meanwhile. */
    void listener(SipCallListener other) {
        listener = other;
        untold.forEach(event -> tell(other, event));
        untold.clear();
    }

    /** The dialog, null as long as there is none that has won. */
    abstract @Nullable Dialog dialog();

    /** Before the answer: the dialog whose first offer is answered for good, null if there is none. */
    abstract @Nullable Dialog settledEarly();

    /** True if the first offer in that early dialog is answered for good. */
    abstract boolean isSettled(Dialog early);

    /** True if the first offer of the call was ours. */
    abstract boolean hasOffered();

    /** A later offer has been answered in that dialog; of interest before the call is answered. */
    abstract void noteEarlyChange(Dialog dialog);

    /** What the peer can do. */
    void noteAbilities(SipMessage message) {
        try {
            List<String> methods = message.headers().list(HeaderName.ALLOW);
            if (!methods.isEmpty()) {
                peerMethods = methods;
            }
        } catch (SipParseException e) {
            LOG.log(Level.DEBUG, "call " + callId() + ": an Allow that can't be read");
        }
    }

    @Override
    public boolean takesInfo() {
        return peerTakes(SipMethod.INFO);
    }

    /** True if the peer has said that it takes requests of that kind. */
    boolean peerTakes(String method) {
        return peerMethods.contains(method);
    }

    /** The peer says that it takes UPDATE, and does not. */
    void forgetUpdate() {
        peerMethods = peerMethods.stream()
                .filter(method -> !method.equals(SipMethod.UPDATE))
                .toList();
    }

    SessionTimer timer() {
        return timer;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isAnswered() {
        return answered;
    }

    Renegotiation renegotiation() {
        return renegotiation;
    }

    void nowAnswered() {
        answered = true;
    }

    void emit(SipCallEvent event) {
        if (ended) {
            return;
        }
        if (event instanceof SipCallEvent.Ended over) {
            SipCallEvent outcome = referrals.outcomeAt(over);
            ended = true;
            renegotiation.stop();
            timer.stop();
            onEnded();
            agent.ended(this);
            if (outcome != null) {
                pass(outcome);
            }
        }
        pass(event);
    }

    private void pass(SipCallEvent event) {
        SipCallListener current = listener;
        if (current == null) {
            untold.add(event);
        } else {
            tell(current, event);
        }
    }

    private void tell(SipCallListener current, SipCallEvent event) {
        try {
            current.onEvent(this, event);
        } catch (RuntimeException e) {
            agent.counters().count(Event.INTERNAL_ERROR);
            LOG.log(Level.ERROR, "call " + callId() + ": the listener failed on " + event.getClass(), e);
            if (!ended) {
                end(CallCause.sip(500, "internal error"));
            }
        }
    }

    /** The last event is about to be told: timers are dropped here. */
    abstract void onEnded();

    /** Ends the call as its state demands. SIP thread. */
    abstract void end(CallCause cause);

    @Override
    public void hangUp(CallCause cause) {
        agent.scheduler().execute(() -> {
            if (!ended) {
                end(cause);
            }
        });
    }

    /** BYE to an answered call; one whose 2xx waits for its ACK has to wait too (RFC 3261, 15). */
    void endAnswered(CallCause cause) {
        Dialog current = dialog();
        if (current == null || ended) {
            return;
        }
        if (!unconfirmed.isEmpty()) {
            byeWhenConfirmed = cause;
            return;
        }
        emit(new SipCallEvent.HungUp(Party.LOCAL, cause));
        sendBye(current, cause);
    }

    /** The dialog stays known until the BYE is answered: the peer's BYE may cross ours. */
    void sendBye(Dialog current, CallCause cause) {
        agent.bye(current, cause, () -> agent.forget(current.id()));
    }

    /** The peer no longer knows the call, or does not confirm: it is over for both (RFC 3261, 12.2.1.2). */
    void lost(CallCause cause) {
        Dialog current = dialog();
        if (current == null || ended) {
            return;
        }
        emit(new SipCallEvent.HungUp(Party.NETWORK, cause));
        sendBye(current, cause);
    }

    // ---- requests inside the dialog

    void onRequest(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        Dialog current = dialogOf(request);
        if (current == null) {
            agent.respond(transaction, 481, ReasonPhrase.of(481), "");
            return;
        }
        if (!current.acceptsSequence(request.cseq().number())) {
            agent.respond(transaction, 500, "Server Internal Error: CSeq out of order", "");
            return;
        }
        if (request.is(SipMethod.BYE)) {
            onBye(transaction, current);
            return;
        }
        if (request.is(SipMethod.NOTIFY)) {
            referrals.onNotify(transaction);
            return;
        }
        if (ended) {
            agent.respond(transaction, 481, ReasonPhrase.of(481), "");
            return;
        }
        switch (request.method()) {
            case SipMethod.INVITE -> renegotiation.onReinvite((InviteServerTransaction) transaction, current);
            case SipMethod.UPDATE -> renegotiation.onUpdate(transaction, current);
            case SipMethod.INFO -> onInfo(transaction);
            case SipMethod.OPTIONS -> agent.answerOptions(transaction);
            case SipMethod.PRACK -> onPrack(transaction);
            case SipMethod.REFER -> referrals.onRefer(transaction, current);
            default -> {
                SipResponse refusal = SipResponse.to(request, 405, ReasonPhrase.of(405), "");
                refusal.headers().add(HeaderName.ALLOW, UserAgent.ALLOW);
                transaction.respond(agent.completed(refusal));
            }
        }
    }

    abstract @Nullable Dialog dialogOf(SipRequest request);

    private void onBye(ServerTransaction transaction, Dialog current) {
        agent.respond(transaction, 200, ReasonPhrase.of(200), "");
        stopRepeating();
        if (!ended) {
            onByeReceived(CallCause.of(transaction.request()));
            agent.forget(current.id());
        }
    }

    /** The peer ends the call, in whatever state it is. */
    abstract void onByeReceived(CallCause cause);

    /** The peer confirms a provisional answer. */
    void onPrack(ServerTransaction transaction) {
        agent.respond(transaction, 481, ReasonPhrase.of(481), "");
    }

    private void onInfo(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (request.hasBody()) {
            SipCallEvent.InfoDigit digit = InfoDigits.parse(request.contentType(), request.bodyText());
            if (digit == null) {
                agent.respond(transaction, 400, "Bad Request: no digit in the body", "");
                return;
            }
            agent.respond(transaction, 200, ReasonPhrase.of(200), "");
            emit(digit);
            return;
        }
        agent.respond(transaction, 200, ReasonPhrase.of(200), "");
    }

    // ---- 2xx and ACK

    /** Sends a 2xx to an INVITE and repeats it until the ACK. */
    void succeed(InviteServerTransaction transaction, SipResponse success, boolean offering) {
        unconfirmed.succeed(transaction, success, offering, () -> lost(CallCause.sip(408, "no ACK")));
    }

    /** True if a 2xx of ours with an offer in it still waits for the answer. */
    boolean awaitsAnswerInAck() {
        return unconfirmed.awaitAnswer();
    }

    boolean awaitsAck() {
        return !unconfirmed.isEmpty();
    }

    void onAck(SipRequest ack) {
        SuccessRepeater repeater = unconfirmed.confirm(ack.cseq().number());
        if (repeater == null || ended) {
            return;
        }
        CallCause waiting = byeWhenConfirmed;
        if (waiting != null && unconfirmed.isEmpty()) {
            endAnswered(waiting);
            return;
        }
        if (!repeater.isOffering()) {
            emit(new SipCallEvent.Acked(null));
        } else {
            onAnswerInAck(ack);
        }
        renegotiation.confirmed();
        renegotiation.onQuiet();
    }

    private void onAnswerInAck(SipRequest ack) {
        try {
            Sdp answer = UserAgent.description(ack);
            if (answer == null) {
                throw new SdpException("no answer in the ACK");
            }
            emit(new SipCallEvent.Acked(answer));
            renegotiation.noteRemote(answer);
        } catch (SdpException e) {
            endAnswered(CallCause.sip(488, "SDP in the ACK: " + e.getMessage()));
        }
    }

    void stopRepeating() {
        unconfirmed.stop();
    }

    // ---- what the owner of the call wants

    @Override
    public void onSipThread(Runnable task) {
        agent.scheduler().execute(task);
    }

    @Override
    public Runnable afterOnSipThread(Duration delay, Runnable task) {
        return agent.scheduler().after(delay.toMillis(), task)::cancel;
    }

    @Override
    public void reinvite(Supplier<Sdp> offer) {
        agent.scheduler().execute(() -> renegotiation.offer(offer));
    }

    @Override
    public void sendInfoDigit(char digit, Duration duration) {
        if (!InfoDigits.isDigit(digit)) {
            throw new IllegalArgumentException("no such key: " + digit);
        }
        agent.scheduler().execute(() -> digits.send(digit, duration));
    }

    @Override
    public void refer(SipUri target) {
        agent.scheduler().execute(() -> referrals.refer(target));
    }

    @Override
    public void refer(SipCall consultation) {
        agent.scheduler().execute(() -> {
            Dialog other = consultation instanceof CallSession session ? session.dialog() : null;
            referrals.refer(other == null ? null : ReplacedDialog.of(other).in(other.remoteTarget()));
        });
    }
}
