package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.dialog.DialogId;
import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.target.NameService;
import dev.trunkline.telephony.sip.target.TargetResolver;
import dev.trunkline.telephony.sip.transaction.Admission;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.ClientTransaction;
import dev.trunkline.telephony.sip.transaction.Identifiers;
import dev.trunkline.telephony.sip.transaction.InviteClientTransaction;
import dev.trunkline.telephony.sip.transaction.InviteServerTransaction;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import dev.trunkline.telephony.sip.transaction.TransactionLayer;
import dev.trunkline.telephony.sip.transaction.TransactionUser;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.LocalAddresses;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import dev.trunkline.telephony.sip.transport.SipTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The core of an endpoint: gives requests to their calls, answers what belongs to none, and sends requests for the
 * calls. SIP thread only, but for the counters and draining.
 */
final class UserAgent implements TransactionUser {

    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK, REFER, NOTIFY";
    static final String ACCEPT = Sdp.CONTENT_TYPE + ", " + InfoDigits.RELAY + ", " + InfoDigits.PLAIN;

    private static final Set<String> WITH_CONTACT = Set.of(SipMethod.UPDATE, SipMethod.REFER, SipMethod.NOTIFY);

    private static final Logger LOG = System.getLogger(UserAgent.class.getName());

    private final SipSettings settings;
    private final SipScheduler scheduler;
    private final SipEndpointListener listener;
    private final Identifiers identifiers;
    private final SipCounters counters = new SipCounters();
    private final LocalAddresses addresses;
    private final SignallingNetwork network;
    private final RequestSender sender;
    private final WayBack wayBack;
    private final TransactionLayer transactions;
    private final PeerGate gate;
    private final MessageIntake intake;
    private final RequestChecks checks;
    private final RateLimitedLog refusals;
    private final Map<DialogId, CallSession> dialogs = new HashMap<>();
    private final Set<CallSession> calls = new HashSet<>();
    private volatile boolean draining;

    UserAgent(
            SipSettings settings,
            SipScheduler scheduler,
            SipEndpointListener listener,
            RandomGenerator random,
            NameService names) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.listener = listener;
        this.identifiers = new Identifiers(random);
        this.addresses = new LocalAddresses(
                settings.bind().getAddress(), settings.publicAddress().orElse(null), scheduler);
        this.network =
                new SignallingNetwork(addresses, counters, settings.bind().getPort());
        this.sender = new RequestSender(
                new TargetResolver(names, network::has, settings.bind().getAddress(), random),
                network,
                scheduler,
                8 * settings.timers().t1());
        this.wayBack = new WayBack(settings.transports().nat());
        this.transactions = new TransactionLayer(scheduler, settings.timers(), network, identifiers, counters, this);
        this.refusals = new RateLimitedLog(LOG, scheduler);
        this.gate = new PeerGate(settings.peers(), scheduler, counters, refusals);
        this.intake = new MessageIntake(counters, new RateLimitedLog(LOG, scheduler), gate, network, transactions);
        this.checks = new RequestChecks();
    }

    void transport(SipTransport opened) {
        network.add(opened);
    }

    MessageIntake intake() {
        return intake;
    }

    SipSettings settings() {
        return settings;
    }

    SipScheduler scheduler() {
        return scheduler;
    }

    SipCounters counters() {
        return counters;
    }

    Identifiers identifiers() {
        return identifiers;
    }

    LocalAddresses addresses() {
        return addresses;
    }

    int callCount() {
        return calls.size();
    }

    int transactionCount() {
        return transactions.size();
    }

    /** From any thread, at once. */
    void draining(boolean on) {
        draining = on;
    }

    /** Sends bytes that are no message of a transaction. */
    void send(byte[] bytes, Hop hop, Runnable onFailure) {
        network.send(bytes, hop, onFailure);
    }

    /** The host and port of our Via towards that hop. */
    HostPort sentBy(Hop hop) {
        return network.sentBy(hop);
    }

    /** Our Contact for a peer: as it sees us from outside, if we know. */
    NameAddress contact(String user, Hop hop) {
        return network.contact(user, hop, false);
    }

    /** Our Contact for whoever sent that request. */
    NameAddress contact(SipRequest request, Hop source) {
        return network.contact(
                request.uri().userName(), source, request.uri().scheme().equals("sips"));
    }

    // ---- requests that come in

    @Override
    public void onRequest(ServerTransaction transaction) {
        try {
            dispatch(transaction);
        } catch (RuntimeException e) {
            counters.count(Event.INTERNAL_ERROR);
            LOG.log(Level.ERROR, "a request from " + transaction.source() + " failed", e);
            respond(transaction, 500, ReasonPhrase.of(500), identifiers.tag());
        }
    }

    private void dispatch(ServerTransaction transaction) {
        SipRequest request = transaction.request();
        if (request.is(SipMethod.CANCEL)) {
            onCancel(transaction);
            return;
        }
        SipResponse refusal = checks.refusal(transaction, identifiers.tag());
        if (refusal != null) {
            noteRefusal(transaction, refusal.status(), RequestChecks.reason(request, refusal));
            transaction.respond(completed(refusal));
            return;
        }
        if (!request.toTag().isEmpty()) {
            CallSession call = dialogs.get(DialogId.ofIncoming(request));
            if (call == null) {
                respond(transaction, 481, ReasonPhrase.of(481), "");
            } else {
                noteWayBack(call.dialogOf(request), request, transaction.source());
                call.onRequest(transaction);
            }
            return;
        }
        switch (request.method()) {
            case SipMethod.INVITE -> onInvite((InviteServerTransaction) transaction);
            case SipMethod.OPTIONS -> {
                if (draining) {
                    respond(transaction, 503, "Service Unavailable: going down", identifiers.tag());
                } else {
                    answerOptions(transaction);
                }
            }
            // Nobody else's calls are ours to move.
            case SipMethod.REFER -> respond(transaction, 403, "Forbidden: not in a call", identifiers.tag());
            default -> respond(transaction, 481, ReasonPhrase.of(481), identifiers.tag());
        }
    }

    private void onCancel(ServerTransaction transaction) {
        InviteServerTransaction invite = transactions.invitedBy(transaction.request());
        String tag = identifiers.tag();
        if (invite == null) {
            respond(transaction, 481, ReasonPhrase.of(481), tag);
            return;
        }
        respond(transaction, 200, ReasonPhrase.of(200), tag);
        invite.cancelled(transaction.request());
    }

    void answerOptions(ServerTransaction transaction) {
        SipResponse response = SipResponse.to(transaction.request(), 200, "OK", identifiers.tag());
        response.headers()
                .add(HeaderName.ALLOW, ALLOW)
                .add(HeaderName.ACCEPT, ACCEPT)
                .add(HeaderName.SUPPORTED, Extensions.SUPPORTED)
                .add(
                        HeaderName.CONTACT,
                        contact(transaction.request(), transaction.source()).toString());
        transaction.respond(completed(response));
    }

    private void onInvite(InviteServerTransaction transaction) {
        SipRequest invite = transaction.request();
        String tag = identifiers.tag();
        if (draining) {
            counters.count(Event.REFUSED_DRAINING);
            SipResponse refusal = SipResponse.to(invite, 503, "Service Unavailable: going down", tag);
            refusal.headers().add(HeaderName.RETRY_AFTER, Integer.toString(settings.drainRetryAfter()));
            transaction.respond(completed(refusal));
            return;
        }
        SipEndpointListener.Challenge challenge = listener.challenge(invite, transaction.source());
        if (challenge != null) {
            challenge(transaction, challenge, tag);
            return;
        }
        Sdp offer;
        Replacement replacement;
        try {
            offer = description(invite);
            replacement = Replacement.of(invite, dialogs::get);
        } catch (SdpException e) {
            refuseDescription(transaction, e, tag);
            return;
        }
        SipResponse refusal = SessionTimer.refusal(invite, settings.sessionTimer(), tag);
        if (refusal != null) {
            transaction.respond(completed(refusal));
            return;
        }
        if (replacement.status() != 0) {
            noteRefusal(transaction, replacement.status(), "Replaces");
            respond(transaction, replacement.status(), ReasonPhrase.of(replacement.status()), tag);
            return;
        }
        Dialog dialog = Dialog.ofIncoming(invite, tag);
        noteWayBack(dialog, invite, transaction.source());
        InboundCall call = new InboundCall(this, transaction, dialog, offer, replacement.replaced());
        register(call.dialogId(), call);
        call.begin(listener);
    }

    private void challenge(InviteServerTransaction transaction, SipEndpointListener.Challenge challenge, String tag) {
        counters.count(Event.CHALLENGED);
        if (!challenge.fault().isEmpty()) {
            counters.count(Event.WRONG_PASSWORD);
            noteRefusal(transaction, 401, challenge.fault());
        }
        SipResponse response = SipResponse.to(transaction.request(), 401, ReasonPhrase.of(401), tag);
        challenge.values().forEach(value -> response.headers().add(Challenges.WWW_AUTHENTICATE, value));
        transaction.respond(completed(response));
    }

    @Override
    public void onAck(SipRequest ack, Hop source) {
        CallSession call = dialogs.get(DialogId.ofIncoming(ack));
        if (call == null) {
            counters.count(Event.STRAY);
        } else {
            call.onAck(ack);
        }
    }

    @Override
    public boolean isKnown(SipRequest request) {
        return !request.toTag().isEmpty() && dialogs.containsKey(DialogId.ofIncoming(request));
    }

    @Override
    public Admission admission(SipRequest request, Hop source) {
        return gate.admission(source);
    }

    @Override
    public void onOverload(SipRequest request, Hop source) {
        noteRefusal(request.method(), source, 503, "too many transactions");
    }

    @Override
    public void onStraySuccess(SipResponse response) {
        counters.count(Event.STRAY);
    }

    // ---- answers

    /** Logs a refusal, one line a minute for each status and source; {@code why} may hold text from the wire. */
    void noteRefusal(ServerTransaction transaction, int status, String why) {
        noteRefusal(transaction.request().method(), transaction.source(), status, why);
    }

    private void noteRefusal(String method, Hop source, int status, String why) {
        refusals.warn(
                Integer.toString(status),
                source.address().getAddress().getHostAddress(),
                WireText.quoted(method) + " from " + source + " refused with " + status + ": " + WireText.quoted(why));
    }

    /** 400 for a body that is no session description. */
    void refuseDescription(ServerTransaction transaction, SdpException fault, String tag) {
        String why = "SDP: " + fault.getMessage();
        noteRefusal(transaction, 400, why);
        respond(transaction, 400, "Bad Request: " + why, tag);
    }

    /** Answers with that phrase and our Server name. */
    void respond(ServerTransaction transaction, int status, String reason, String tag) {
        if (transaction.isAnswered()) {
            return;
        }
        transaction.respond(completed(SipResponse.to(transaction.request(), status, reason, tag)));
    }

    SipResponse completed(SipResponse response) {
        if (response.status() > 100) {
            response.headers().set(HeaderName.SERVER, settings.product());
        }
        return response;
    }

    // ---- requests that go out

    /** Sends a request inside a dialog; the Contact is put on here where the method wants one. */
    void send(Dialog dialog, SipRequest request, ClientListener answers) {
        DigestClient credentials = dialog.credentials();
        if (credentials == null) {
            transmit(dialog, request, answers);
            return;
        }
        credentials.authorize(request);
        transmit(
                dialog,
                request,
                new Challenges(
                        credentials,
                        request,
                        answers,
                        challenged -> dialog.again(challenged),
                        (again, listening) -> transmit(dialog, again, listening)));
    }

    private void transmit(Dialog dialog, SipRequest request, ClientListener answers) {
        String contact =
                WITH_CONTACT.contains(request.method()) ? dialog.local().uri().userName() : null;
        sender.send(
                dialog.nextHop(),
                dialog.wayBack(),
                new Plain(request, hop -> {
                    if (contact != null) {
                        request.headers().set(HeaderName.CONTACT, outgoingContact(contact, request, hop));
                    }
                }),
                answers);
    }

    /** Sends a request that belongs to no call; {@code prepare} completes it for each hop that is tried. */
    void sendOutside(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers) {
        sender.send(nextHop, null, new Plain(request, prepare), answers);
    }

    /** A request that is no INVITE. */
    private final class Plain implements RequestSender.Shipping {

        private final SipRequest model;
        private final Consumer<Hop> prepare;

        Plain(SipRequest model, Consumer<Hop> prepare) {
            this.model = model;
            this.prepare = prepare;
            model.headers().set(HeaderName.USER_AGENT, settings.product());
        }

        @Override
        public SipRequest prepared(Hop hop) {
            prepare.accept(hop);
            return model.copy();
        }

        @Override
        public ClientTransaction start(SipRequest request, Hop hop, ClientListener answers) {
            return transactions.request(request, hop, answers);
        }
    }

    private String outgoingContact(String user, SipRequest request, Hop hop) {
        return network.contact(user, hop, request.uri().scheme().equals("sips")).toString();
    }

    /** Sends an INVITE to that hop's URI; {@code prepare} completes it when the hop is known, or says no. */
    void invite(
            SipUri nextHop,
            SipRequest invite,
            Predicate<Hop> prepare,
            Consumer<InviteClientTransaction> started,
            ClientListener answers) {
        // Inside a dialog the way back may count.
        CallSession call = dialogs.get(new DialogId(invite.callId(), invite.fromTag(), invite.toTag()));
        Dialog dialog = call == null ? null : call.dialog();
        Hop back = dialog == null ? null : dialog.wayBack();
        invite.headers()
                .set(HeaderName.USER_AGENT, settings.product())
                .set(HeaderName.ALLOW, ALLOW)
                .set(HeaderName.ACCEPT, ACCEPT)
                .set(HeaderName.SUPPORTED, Extensions.SUPPORTED);
        sender.send(nextHop, back, new Inviting(invite, prepare, started), answers);
    }

    /** An INVITE: the first hop makes it complete, further ones get the same with another Contact. */
    private final class Inviting implements RequestSender.Shipping {

        private final SipRequest model;
        private final Predicate<Hop> prepare;
        private final Consumer<InviteClientTransaction> started;
        private boolean complete;

        Inviting(SipRequest model, Predicate<Hop> prepare, Consumer<InviteClientTransaction> started) {
            this.model = model;
            this.prepare = prepare;
            this.started = started;
        }

        @Override
        public @Nullable SipRequest prepared(Hop hop) {
            if (!complete) {
                if (!prepare.test(hop)) {
                    return null;
                }
                complete = true;
            }
            SipRequest invite = model.copy();
            if (!invite.headers().has(HeaderName.CONTACT)) {
                invite.headers()
                        .add(
                                HeaderName.CONTACT,
                                outgoingContact(invite.from().uri().userName(), invite, hop));
            }
            return invite;
        }

        @Override
        public ClientTransaction start(SipRequest request, Hop hop, ClientListener answers) {
            return transactions.invite(request, hop, answers);
        }

        @Override
        public void started(ClientTransaction transaction) {
            started.accept((InviteClientTransaction) transaction);
        }
    }

    /** Sends the ACK of a 2xx and gives what repeats it. */
    Runnable acknowledge(Dialog dialog, SipRequest ack) {
        Runnable[] repeat = {() -> {}};
        sender.sendOnce(dialog.nextHop(), dialog.wayBack(), hop -> repeat[0] = transactions.acknowledge(ack, hop));
        return () -> repeat[0].run();
    }

    /** Looks whether requests inside the dialog have to go back where that one came from. */
    private void noteWayBack(@Nullable Dialog dialog, SipRequest request, Hop source) {
        if (dialog != null && (request.is(SipMethod.INVITE) || request.is(SipMethod.UPDATE))) {
            dialog.wayBack(wayBack.of(request, source, dialog.routes()));
        }
    }

    /** Looks whether requests inside a dialog that a response has made have to go where our INVITE went. */
    void noteWayBack(Dialog dialog, SipResponse response, Hop hop) {
        dialog.wayBack(wayBack.of(response, hop, dialog.routes(), network.isConnected(hop)));
    }

    /** Ends a dialog with BYE; {@code done} runs when the peer has answered or will not. */
    void bye(Dialog dialog, CallCause cause, Runnable done) {
        SipRequest bye = dialog.request(SipMethod.BYE);
        cause.writeTo(bye);
        send(dialog, bye, new ClientListener() {
            @Override
            public void onResponse(SipResponse response) {
                if (!response.isProvisional()) {
                    done.run();
                }
            }

            @Override
            public void onNoResponse(Failure failure) {
                done.run();
            }
        });
    }

    // ---- calls

    OutboundCall call(CallRequest request, SipCallListener callListener) {
        OutboundCall call = new OutboundCall(this, request, callListener);
        scheduler.execute(call::begin);
        return call;
    }

    void started(CallSession call) {
        calls.add(call);
    }

    void ended(CallSession call) {
        calls.remove(call);
    }

    void register(DialogId id, CallSession call) {
        dialogs.put(id, call);
    }

    void forget(DialogId id) {
        dialogs.remove(id);
    }

    /**
     * The session description in a message, null if it has no body.
     *
     * @throws SdpException if the body is none
     */
    static @Nullable Sdp description(SipMessage message) throws SdpException {
        return message.hasBody() && message.contentType().equals(Sdp.CONTENT_TYPE) ? Sdp.parse(message.body()) : null;
    }
}
