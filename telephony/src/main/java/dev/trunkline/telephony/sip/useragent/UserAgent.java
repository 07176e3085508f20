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
import dev.trunkline.telephony.sip.transaction.ClientListener;
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
import java.util.List;
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
final class UserAgent implements TransactionUser, TransactionLayer.Network {

    static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE";
    static final String ACCEPT = Sdp.CONTENT_TYPE + ", " + InfoDigits.RELAY + ", " + InfoDigits.PLAIN;

    private static final Logger LOG = System.getLogger(UserAgent.class.getName());

    private final SipSettings settings;
    private final SipScheduler scheduler;
    private final SipEndpointListener listener;
    private final Identifiers identifiers;
    private final SipCounters counters = new SipCounters();
    private final LocalAddresses addresses;
    private final TargetResolver resolver;
    private final TransactionLayer transactions;
    private final MessageIntake intake;
    private final RequestChecks checks;
    private final RateLimitedLog refusals;
    private final Map<DialogId, CallSession> dialogs = new HashMap<>();
    private final Set<CallSession> calls = new HashSet<>();
    private @Nullable SipTransport transport;
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
        this.resolver = new TargetResolver(names);
        this.transactions = new TransactionLayer(scheduler, settings.timers(), this, identifiers, counters, this);
        this.refusals = new RateLimitedLog(LOG, scheduler);
        this.intake = new MessageIntake(counters, new RateLimitedLog(LOG, scheduler), this, transactions);
        this.checks = new RequestChecks();
    }

    void transport(SipTransport opened) {
        transport = opened;
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

    // ---- network

    @Override
    public void send(byte[] message, Hop hop, Runnable onFailure) {
        SipTransport open = transport;
        if (open == null || open.protocol() != hop.protocol()) {
            counters.count(Event.SEND_FAILED);
            onFailure.run();
            return;
        }
        open.send(message, hop.address(), () -> {
            counters.count(Event.SEND_FAILED);
            onFailure.run();
        });
    }

    @Override
    public HostPort sentBy(Hop hop) {
        SipTransport open = transport;
        int port =
                open == null ? settings.bind().getPort() : open.localAddress().getPort();
        return new HostPort(HostPort.literal(addresses.towards(hop.address().getAddress())), port);
    }

    /** Our Contact for a peer: as it sees us from outside, if we know. */
    NameAddress contact(String user, Hop hop) {
        HostPort outside = addresses.seenFrom(hop);
        return NameAddress.of(SipUri.of(user, outside == null ? sentBy(hop) : outside));
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
                .add(HeaderName.SUPPORTED, "")
                .add(
                        HeaderName.CONTACT,
                        contact(transaction.request().uri().userName(), transaction.source())
                                .toString());
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
        List<String> challenges = listener.challenge(invite, transaction.source());
        if (!challenges.isEmpty()) {
            counters.count(Event.CHALLENGED);
            SipResponse challenge = SipResponse.to(invite, 401, ReasonPhrase.of(401), tag);
            challenges.forEach(value -> challenge.headers().add(Challenges.WWW_AUTHENTICATE, value));
            transaction.respond(completed(challenge));
            return;
        }
        Sdp offer;
        try {
            offer = description(invite);
        } catch (SdpException e) {
            refuseDescription(transaction, e, tag);
            return;
        }
        InboundCall call = new InboundCall(this, transaction, Dialog.ofIncoming(invite, tag), offer);
        register(call.dialogId(), call);
        call.begin(listener);
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
        request.headers().set(HeaderName.USER_AGENT, settings.product());
        resolver.resolve(
                dialog.nextHop(),
                hop -> {
                    if (request.is(SipMethod.UPDATE)) {
                        request.headers()
                                .set(
                                        HeaderName.CONTACT,
                                        contact(dialog.local().uri().userName(), hop)
                                                .toString());
                    }
                    transactions.request(request, hop, answers);
                },
                fault -> unreachable(fault, answers));
    }

    /** Sends an INVITE to that hop's URI; {@code prepare} completes it when the hop is known, or says no. */
    void invite(
            SipUri nextHop,
            SipRequest invite,
            Predicate<Hop> prepare,
            Consumer<InviteClientTransaction> started,
            ClientListener answers) {
        invite.headers()
                .set(HeaderName.USER_AGENT, settings.product())
                .set(HeaderName.ALLOW, ALLOW)
                .set(HeaderName.ACCEPT, ACCEPT);
        resolver.resolve(
                nextHop,
                hop -> {
                    if (!prepare.test(hop)) {
                        return;
                    }
                    if (!invite.headers().has(HeaderName.CONTACT)) {
                        invite.headers()
                                .add(
                                        HeaderName.CONTACT,
                                        contact(invite.from().uri().userName(), hop)
                                                .toString());
                    }
                    started.accept(transactions.invite(invite, hop, answers));
                },
                fault -> unreachable(fault, answers));
    }

    private static void unreachable(String fault, ClientListener answers) {
        LOG.log(Level.WARNING, "a request could not be sent: " + fault);
        answers.onNoResponse(ClientListener.Failure.NOT_SENT);
    }

    /** Sends a request that belongs to no call; {@code prepare} completes it when the hop is known. */
    void sendOutside(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers) {
        request.headers().set(HeaderName.USER_AGENT, settings.product());
        resolver.resolve(
                nextHop,
                hop -> {
                    prepare.accept(hop);
                    transactions.request(request, hop, answers);
                },
                fault -> unreachable(fault, answers));
    }

    /** Sends the ACK of a 2xx and gives what repeats it. */
    Runnable acknowledge(Dialog dialog, SipRequest ack) {
        Runnable[] repeat = {() -> {}};
        resolver.resolve(
                dialog.nextHop(),
                hop -> repeat[0] = transactions.acknowledge(ack, hop),
                fault -> LOG.log(Level.WARNING, "an ACK could not be sent: " + fault));
        return () -> repeat[0].run();
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
