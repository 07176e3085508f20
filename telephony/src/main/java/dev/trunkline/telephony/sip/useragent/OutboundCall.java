package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.dialog.DialogId;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.InviteClientTransaction;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that we place. Until the first 2xx it may have several early dialogs (a proxy has forked it); the first 2xx
 * wins, any other is confirmed and ended at once (RFC 3261, 13.2.2.4).
 */
final class OutboundCall extends CallSession implements OutgoingSipCall, ClientListener {

    private static final int MOST_RAISES = 3;

    /** A PRACK that is not answered: the peer will give up by itself. */
    private static final ClientListener IGNORED = new ClientListener() {
        @Override
        public void onResponse(SipResponse response) {}

        @Override
        public void onNoResponse(Failure failure) {}
    };

    private final CallRequest wanted;
    private final SipUri firstHop;
    private final Map<String, EarlyDialog> early = new LinkedHashMap<>();
    private final Map<String, Runnable> acks = new HashMap<>();
    private SipRequest invite;
    private NameAddress from;
    private @Nullable Sdp offer;
    private int raises;
    private volatile InetAddress localAddress = InetAddress.getLoopbackAddress();
    private int challenges;
    private @Nullable InviteClientTransaction transaction;
    private @Nullable Dialog confirmed;
    private @Nullable Timer patience;
    private @Nullable CallCause cancelled;
    private boolean cancelSent;
    private boolean expired;

    OutboundCall(UserAgent agent, CallRequest wanted, SipCallListener listener) {
        super(agent);
        listener(listener);
        this.wanted = wanted;
        this.from = wanted.from().withTag(agent.identifiers().tag());
        this.invite = new SipRequest(SipMethod.INVITE, wanted.target().asRequestUri());
        List<SipUri> routes = wanted.routes().isEmpty()
                ? agent.settings().outboundProxy().stream().toList()
                : wanted.routes();
        this.firstHop = routes.isEmpty() ? wanted.target() : routes.getFirst();
        for (SipUri proxy : routes) {
            SipUri loose = proxy.isLooseRouter() ? proxy : proxy.withParameter("lr", "");
            invite.headers().add(HeaderName.ROUTE, "<" + loose + ">");
        }
        invite.headers()
                .add(HeaderName.MAX_FORWARDS, Integer.toString(wanted.maxForwards()))
                .add(HeaderName.FROM, from.toString())
                .add(
                        HeaderName.TO,
                        NameAddress.of(wanted.target().asRequestUri()).toString())
                .add(HeaderName.CALL_ID, agent.identifiers().callId())
                .add(HeaderName.CSEQ, agent.identifiers().between(1, 10_000) + " INVITE");
        wanted.headers().forEach(invite.headers()::add);
        timer().ask(invite);
    }

    void begin() {
        agent.started(this);
        patience = agent.scheduler().after(wanted.ringFor().toMillis(), this::onPatienceEnded);
        agent.invite(firstHop, invite, this::prepare, started -> transaction = started, this);
    }

    private boolean prepare(Hop hop) {
        if (isEnded()) {
            return false;
        }
        InetAddress local = agent.addresses().towards(hop.address().getAddress());
        localAddress = local;
        if (from.uri().host().equals("invalid")) {
            SipUri own = SipUri.of(from.uri().userName(), new HostPort(HostPort.literal(local), -1));
            from = new NameAddress(from.displayName(), own, from.parameters());
            invite.headers().set(HeaderName.FROM, from.toString());
        }
        Sdp made = wanted.offer().offer(local);
        offer = made;
        if (made != null) {
            invite.body(Sdp.CONTENT_TYPE, made.toBytes());
        }
        if (wanted.credentials() != null) {
            wanted.credentials().authorize(invite);
        }
        return true;
    }

    /** Answers a 401 or 407 with the proof of who we are; false if there is none, or it has been refused. */
    private boolean repeatWithProof(SipResponse response) {
        DigestClient credentials = wanted.credentials();
        if (credentials == null
                || !Challenges.isChallenge(response)
                || credentials.onChallenge(invite, response, ++challenges) != DigestClient.Outcome.REPEAT) {
            return false;
        }
        askAgain();
        return true;
    }

    /** Takes a 422 (RFC 4028, 7.3); false if it is none, or the peer is never content. */
    private boolean repeatWithLongerInterval(SipResponse response) {
        if (response.status() != 422 || raises == MOST_RAISES || !timer().raise(response)) {
            return false;
        }
        raises++;
        askAgain();
        return true;
    }

    private void askAgain() {
        transaction = null;
        cancelSent = false;
        invite = invite.again(invite.cseq().number() + 1);
        timer().ask(invite);
        if (wanted.credentials() != null) {
            wanted.credentials().authorize(invite);
        }
        agent.invite(firstHop, invite, hop -> cancelled == null && !isEnded(), started -> transaction = started, this);
    }

    private void onPatienceEnded() {
        expired = true;
        giveUp(CallCause.sip(408, "no answer"));
    }

    @Override
    @Nullable
    Dialog dialog() {
        return confirmed;
    }

    @Override
    @Nullable
    Dialog dialogOf(SipRequest request) {
        Dialog current = confirmed;
        if (current != null && current.id().remoteTag().equals(request.fromTag())) {
            return current;
        }
        EarlyDialog rings = early.get(request.fromTag());
        return rings == null ? null : rings.dialog();
    }

    @Override
    @Nullable
    Dialog settledEarly() {
        Dialog last = null;
        for (EarlyDialog rings : early.values()) {
            last = rings.settled() == null ? last : rings.dialog();
        }
        return last;
    }

    @Override
    boolean isSettled(Dialog dialog) {
        EarlyDialog rings = early.get(dialog.id().remoteTag());
        return rings != null && rings.settled() != null;
    }

    @Override
    boolean hasOffered() {
        return offer != null;
    }

    @Override
    void noteEarlyChange(Dialog dialog) {
        EarlyDialog rings = early.get(dialog.id().remoteTag());
        if (rings != null) {
            rings.change();
        }
    }

    @Override
    public String callId() {
        return invite.callId();
    }

    @Override
    public NameAddress local() {
        return wanted.from();
    }

    @Override
    public NameAddress remote() {
        return NameAddress.of(wanted.target());
    }

    @Override
    public InetAddress localAddress() {
        return localAddress;
    }

    // ---- answers to the INVITE

    @Override
    public void onResponse(SipResponse response) {
        if (response.isProvisional()) {
            onProvisional(response);
        } else if (response.isSuccess()) {
            onSuccess(response);
        } else {
            onRefusal(response);
        }
    }

    private void onProvisional(SipResponse response) {
        if (cancelled != null) {
            sendCancel();
            return;
        }
        if (response.status() == 100) {
            return;
        }
        String tag = response.toTag();
        EarlyDialog rings = tag.isEmpty() ? null : early.get(tag);
        if (rings == null && !tag.isEmpty()) {
            Dialog dialog = opened(response);
            rings = new EarlyDialog(dialog, invite.cseq().number());
            early.put(tag, rings);
            agent.register(dialog.id(), this);
        }
        Sdp sdp = null;
        try {
            sdp = UserAgent.description(response);
        } catch (SdpException e) {
            // Not final: the 2xx will bring what counts.
        }
        noteAbilities(response);
        if (rings != null && Extensions.requires(response, Extensions.RELIABLE)) {
            if (!rings.takesReliable(response)) {
                return;
            }
            confirm(rings, sdp);
        }
        if (sdp != null && offer != null) {
            emit(new SipCallEvent.EarlyMedia(sdp, tag));
        }
        if (response.status() != 183 || sdp == null) {
            emit(new SipCallEvent.Ringing(response.status(), response.reason()));
        }
        renegotiation().onQuiet();
    }

    /** PRACK, with the answer in it if the peer has offered (RFC 3262, 5). */
    private void confirm(EarlyDialog rings, @Nullable Sdp sdp) {
        if (sdp != null && offer == null && rings.settled() == null) {
            emit(new SipCallEvent.OfferReceived(sdp, new EarlyAnswerReply(rings, sdp)));
            return;
        }
        if (sdp != null) {
            rings.settle(sdp);
            renegotiation().noteRemote(sdp);
        }
        agent.send(rings.dialog(), rings.prack(null), IGNORED);
    }

    /** The answer to an offer in a reliable 183 goes into its PRACK. */
    private final class EarlyAnswerReply implements OfferReply {

        private final EarlyDialog rings;
        private final Sdp peersOffer;

        EarlyAnswerReply(EarlyDialog rings, Sdp peersOffer) {
            this.rings = rings;
            this.peersOffer = peersOffer;
        }

        @Override
        public void accept(Sdp sdp) {
            agent.scheduler().execute(() -> {
                if (!isEnded() && rings.settled() == null) {
                    rings.settle(peersOffer);
                    renegotiation().noteRemote(peersOffer);
                    renegotiation().noteLocal(sdp);
                    agent.send(rings.dialog(), rings.prack(sdp), IGNORED);
                }
            });
        }

        @Override
        public void reject(int status, String reason) {
            end(CallCause.sip(status, reason));
        }
    }

    private Dialog opened(SipResponse response) {
        Dialog dialog = Dialog.ofOutgoing(invite, response);
        dialog.credentials(wanted.credentials());
        return dialog;
    }

    private void onSuccess(SipResponse response) {
        String tag = response.toTag();
        Runnable repeatAck = acks.get(tag);
        if (repeatAck != null) {
            repeatAck.run();
            return;
        }
        EarlyDialog rang = early.get(tag);
        Dialog dialog = rang == null ? opened(response) : rang.dialog();
        if (rang != null) {
            dialog.confirm(response);
        }
        if (transaction != null) {
            agent.noteWayBack(dialog, response, transaction.hop());
        }
        if (confirmed != null || cancelled != null || isEnded()) {
            endUnwanted(dialog, tag);
            return;
        }
        confirmed = dialog;
        stopWaiting();
        agent.register(dialog.id(), this);
        forgetEarly(dialog.id());
        nowAnswered();
        noteAbilities(response);
        timer().onSuccess(invite, response);
        try {
            Sdp settled = rang == null ? null : rang.settled();
            Sdp sdp = settled == null ? UserAgent.description(response) : settled;
            if (sdp == null) {
                throw new SdpException("no session description in the 200");
            }
            boolean changed = rang != null && rang.isChanged();
            if (!changed) {
                renegotiation().noteRemote(sdp);
            }
            if (offer != null || settled != null) {
                if (offer != null && !changed) {
                    renegotiation().noteLocal(offer);
                }
                acknowledge(dialog, tag, null);
                emit(new SipCallEvent.Answered(offer == null || changed ? null : sdp));
                renegotiation().confirmed();
            } else {
                acks.put(tag, () -> {});
                emit(new SipCallEvent.OfferReceived(sdp, new LateAnswer(dialog, tag)));
            }
        } catch (SdpException e) {
            acknowledge(dialog, tag, null);
            endAnswered(CallCause.sip(488, "SDP: " + e.getMessage()));
        }
        renegotiation().onQuiet();
    }

    private void acknowledge(Dialog dialog, String tag, @Nullable Sdp answer) {
        SipRequest ack = dialog.ack(invite.cseq().number());
        if (answer != null) {
            ack.body(Sdp.CONTENT_TYPE, answer.toBytes());
        }
        acks.put(tag, agent.acknowledge(dialog, ack));
    }

    /** A second phone of a forked call, or an answer that has crossed our CANCEL. */
    private void endUnwanted(Dialog dialog, String tag) {
        acknowledge(dialog, tag, null);
        agent.register(dialog.id(), this);
        sendBye(dialog, CallCause.NORMAL);
        if (cancelled != null) {
            finishCancelled();
        }
    }

    /** The answer to an offer in the 2xx goes into the ACK. */
    private final class LateAnswer implements OfferReply {

        private final Dialog dialog;
        private final String tag;
        private boolean settled;

        LateAnswer(Dialog dialog, String tag) {
            this.dialog = dialog;
            this.tag = tag;
        }

        @Override
        public void accept(Sdp sdp) {
            agent.scheduler().execute(() -> {
                if (!settled) {
                    settled = true;
                    renegotiation().noteLocal(sdp);
                    acknowledge(dialog, tag, sdp);
                    emit(new SipCallEvent.Answered(null));
                    renegotiation().confirmed();
                }
            });
        }

        @Override
        public void reject(int status, String reason) {
            agent.scheduler().execute(() -> {
                if (!settled) {
                    settled = true;
                    acknowledge(dialog, tag, null);
                    endAnswered(CallCause.sip(status, reason));
                }
            });
        }
    }

    private void onRefusal(SipResponse response) {
        forgetEarly(null);
        if (cancelled != null) {
            finishCancelled();
            return;
        }
        if (repeatWithProof(response) || repeatWithLongerInterval(response)) {
            return;
        }
        List<String> contacts = List.of();
        if (response.status() < 400) {
            try {
                contacts = response.addresses(HeaderName.CONTACT).stream()
                        .map(contact -> contact.uri().toString())
                        .toList();
            } catch (SipParseException e) {
                contacts = List.of();
            }
        }
        emit(new SipCallEvent.Failed(response.status(), response.reason(), Party.REMOTE, contacts));
    }

    @Override
    public void onNoResponse(Failure failure) {
        forgetEarly(null);
        if (cancelled != null) {
            finishCancelled();
        } else if (failure == Failure.TIMED_OUT) {
            emit(new SipCallEvent.Failed(408, "no response", Party.NETWORK, List.of()));
        } else {
            emit(new SipCallEvent.Failed(503, "cannot be reached", Party.NETWORK, List.of()));
        }
    }

    // ---- giving up

    @Override
    public void cancel() {
        hangUp(CallCause.NORMAL);
    }

    @Override
    void end(CallCause cause) {
        if (isAnswered()) {
            endAnswered(cause);
        } else {
            giveUp(cause);
        }
    }

    private void giveUp(CallCause cause) {
        if (cancelled != null || isAnswered() || isEnded()) {
            return;
        }
        cancelled = cause;
        if (transaction == null) {
            // Still looking for the peer's address: the INVITE must not go out any more.
            finishCancelled();
        } else {
            sendCancel();
        }
    }

    /** Before the first provisional response a CANCEL could overtake its INVITE; it is sent when one comes. */
    private void sendCancel() {
        InviteClientTransaction current = transaction;
        if (current != null && !cancelSent) {
            cancelSent = current.cancel();
        }
    }

    private void finishCancelled() {
        CallCause cause = cancelled == null ? CallCause.NORMAL : cancelled;
        if (expired) {
            emit(new SipCallEvent.Failed(408, "no answer", Party.LOCAL, List.of()));
        } else {
            emit(new SipCallEvent.Cancelled(Party.LOCAL, cause));
        }
    }

    @Override
    void onByeReceived(CallCause cause) {
        if (isAnswered()) {
            emit(new SipCallEvent.HungUp(Party.REMOTE, cause));
        }
    }

    @Override
    void onEnded() {
        stopWaiting();
        DialogId kept = confirmed == null ? null : confirmed.id();
        forgetEarly(kept);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    private void forgetEarly(@Nullable DialogId but) {
        for (EarlyDialog rings : early.values()) {
            if (!rings.dialog().id().equals(but)) {
                agent.forget(rings.dialog().id());
            }
        }
        early.clear();
    }
}
