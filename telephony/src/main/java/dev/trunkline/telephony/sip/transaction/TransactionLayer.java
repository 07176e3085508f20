package dev.trunkline.telephony.sip.transaction;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.Parameters;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.Via;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.transport.SipCounters.Event;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Matches messages to transactions (RFC 3261, 17.1.3 and 17.2.3) and starts new ones. SIP thread only. */
public final class TransactionLayer {

    /** What transactions need of the transports. */
    public interface Network {

        /** Hands a message to the transport of that hop. */
        void send(byte[] message, Hop hop, Runnable onFailure);

        /** The host and port for our Via towards that hop. */
        HostPort sentBy(Hop hop);
    }

    private static final String OVERLOAD_RETRY_AFTER_SECONDS = "10";
    private static final String BUSY_RETRY_AFTER_SECONDS = "2";

    private final SipScheduler scheduler;
    private final SipTimers timers;
    private final Network network;
    private final Identifiers identifiers;
    private final SipCounters counters;
    private final TransactionUser user;
    private final Map<String, ClientTransaction> clients = new HashMap<>();
    private final Map<String, ServerTransaction> servers = new HashMap<>();
    private final Map<String, ServerTransaction> firstArrivals = new HashMap<>();
    private final ServerLoad load;
    private final String overloadTag;

    /** With the usual limits. */
    public TransactionLayer(
            SipScheduler scheduler,
            SipTimers timers,
            Network network,
            Identifiers identifiers,
            SipCounters counters,
            TransactionUser user) {
        this(scheduler, timers, network, identifiers, counters, user, ServerLimits.STANDARD);
    }

    /** Without any transaction yet. */
    public TransactionLayer(
            SipScheduler scheduler,
            SipTimers timers,
            Network network,
            Identifiers identifiers,
            SipCounters counters,
            TransactionUser user,
            ServerLimits limits) {
        this.scheduler = scheduler;
        this.timers = timers;
        this.network = network;
        this.identifiers = identifiers;
        this.counters = counters;
        this.user = user;
        this.load = new ServerLoad(limits);
        this.overloadTag = identifiers.tag();
    }

    SipScheduler scheduler() {
        return scheduler;
    }

    SipTimers timers() {
        return timers;
    }

    SipCounters counters() {
        return counters;
    }

    /** How many transactions are remembered. */
    public int size() {
        return clients.size() + servers.size();
    }

    /** Bytes of unanswered requests and of answers that are kept, about. */
    public long rememberedBytes() {
        return load.bytes();
    }

    ServerLoad load() {
        return load;
    }

    /**
     * Sends a request other than ACK in a transaction of its own; its Via is put on here.
     *
     * @param request complete but for Via
     */
    public ClientTransaction request(SipRequest request, Hop hop, ClientListener listener) {
        addVia(request, hop);
        return start(new NonInviteClientTransaction(this, request, hop, listener));
    }

    /** Sends an INVITE; see {@link #request}. */
    public InviteClientTransaction invite(SipRequest request, Hop hop, ClientListener listener) {
        addVia(request, hop);
        return start(new InviteClientTransaction(this, request, hop, listener));
    }

    /**
     * Sends the ACK of a 2xx, which is a transaction of its own without an answer (RFC 3261, 13.2.2.4).
     *
     * @return sends the very same ACK again, for a repeated 2xx
     */
    public Runnable acknowledge(SipRequest ack, Hop hop) {
        addVia(ack, hop);
        byte[] bytes = ack.toBytes();
        send(bytes, hop, () -> {});
        return () -> {
            counters.count(Event.RETRANSMITTED);
            send(bytes, hop, () -> {});
        };
    }

    private void addVia(SipRequest request, Hop hop) {
        Parameters parameters =
                Parameters.NONE.with("branch", identifiers.branch()).with("rport", "");
        Via via = new Via(hop.protocol().name(), network.sentBy(hop), parameters);
        request.headers().addFirst(HeaderName.VIA, via.toString());
    }

    <T extends ClientTransaction> T start(T transaction) {
        clients.put(transaction.key(), transaction);
        transaction.start();
        return transaction;
    }

    void send(byte[] message, Hop hop, Runnable onFailure) {
        counters.count(Event.SENT);
        network.send(message, hop, onFailure);
    }

    /** Sends a response; by a new connection if the one of its request is gone. */
    void reply(byte[] message, Hop hop, @Nullable Hop otherwise) {
        send(message, hop, () -> {
            if (otherwise != null) {
                send(message, otherwise, () -> {});
            }
        });
    }

    /** A connection is gone: requests that it carried and that nobody has answered fail at once. */
    public void onConnectionLost(Hop peer) {
        List<ClientTransaction> carried = clients.values().stream()
                .filter(client -> client.hop().protocol() == peer.protocol()
                        && client.hop().address().equals(peer.address()))
                .toList();
        carried.forEach(ClientTransaction::onConnectionLost);
    }

    void forget(ClientTransaction transaction) {
        clients.remove(transaction.key(), transaction);
    }

    void forget(ServerTransaction transaction) {
        if (servers.remove(transaction.key(), transaction)) {
            load.remove(transaction.source().address().getAddress(), transaction.size());
        }
    }

    /** Takes a response from the network. */
    public void onResponse(SipResponse response) {
        String key = ClientTransaction.clientKey(
                response.topVia().branch(), response.cseq().method());
        ClientTransaction transaction = clients.get(key);
        if (transaction != null) {
            transaction.onResponse(response);
        } else if (response.isSuccess() && response.cseq().method().equals(SipMethod.INVITE)) {
            user.onStraySuccess(response);
        } else {
            counters.count(Event.STRAY);
        }
    }

    /** Takes a request from the network; its topmost Via gets {@code received} and {@code rport} here (RFC 3581). */
    public void onRequest(SipRequest request, Hop source) {
        String key = serverKey(request, request.is(SipMethod.ACK) ? SipMethod.INVITE : request.method());
        ServerTransaction known = servers.get(key);
        if (request.is(SipMethod.ACK)) {
            boolean done = known instanceof InviteServerTransaction invite && invite.onAck();
            if (!done) {
                user.onAck(request, source);
            }
            return;
        }
        if (known != null) {
            counters.count(Event.REPEATED_BY_PEER);
            known.onRepeatedRequest();
            return;
        }
        boolean expected = belongsToSomething(request);
        Admission admission = expected ? Admission.ADMITTED : user.admission(request, source);
        if (admission == Admission.DROPPED) {
            return;
        }
        noteSource(request, source);
        Hop replyTo = replyHop(request.topVia(), source);
        if (admission == Admission.REFUSED) {
            refuseStateless(request, replyTo, BUSY_RETRY_AFTER_SECONDS);
            return;
        }
        if (!admits(source, expected)) {
            counters.count(Event.REFUSED_OVERLOAD);
            user.onOverload(request, source);
            refuseStateless(request, replyTo, OVERLOAD_RETRY_AFTER_SECONDS);
            return;
        }
        ServerTransaction transaction = request.is(SipMethod.INVITE)
                ? new InviteServerTransaction(this, key, request, source, replyTo)
                : new NonInviteServerTransaction(this, key, request, source, replyTo);
        servers.put(key, transaction);
        load.add(source.address().getAddress(), transaction.size());
        transaction.noteMerge(mergeKey(request), firstArrivals);
        try {
            user.onRequest(transaction);
        } finally {
            transaction.dispatched();
        }
    }

    private boolean belongsToSomething(SipRequest request) {
        return request.is(SipMethod.CANCEL) ? invitedBy(request) != null : user.isKnown(request);
    }

    private boolean admits(Hop source, boolean expected) {
        return load.admits(source.address().getAddress()) || expected && load.admitsKnown();
    }

    /** RFC 3261, 8.2.7: the same tag for each repetition, and nothing is remembered. */
    private void refuseStateless(SipRequest request, Hop replyTo, String retryAfter) {
        SipResponse refusal = SipResponse.to(request, 503, "Service Unavailable: too many requests", overloadTag);
        refusal.headers().add(HeaderName.RETRY_AFTER, retryAfter);
        send(refusal.toBytes(), replyTo, () -> {});
    }

    /** Notes the packet's source in the topmost Via. */
    public static void noteSource(SipMessage message, Hop source) {
        Via via = message.topVia();
        String address = HostPort.literal(source.address().getAddress());
        Parameters parameters = via.parameters();
        if (via.wantsSourcePort()) {
            parameters = parameters
                    .with("received", address)
                    .with("rport", Integer.toString(source.address().getPort()));
        } else if (!via.sentBy().host().equals(address)) {
            parameters = parameters.with("received", address);
        }
        if (!parameters.equals(via.parameters())) {
            message.topVia(new Via(via.transport(), via.sentBy(), parameters));
        }
    }

    /**
     * Where the response goes (RFC 3261, 18.2.2; RFC 3581, 4): to the packet's source address always, to its port if
     * the sender asked for that, else to the port of the Via.
     */
    public static Hop replyHop(Via via, Hop source) {
        if (source.protocol().isReliable() || via.wantsSourcePort()) {
            return source;
        }
        int port = via.sentBy().portOr(source.protocol().defaultPort());
        return new Hop(source.protocol(), new InetSocketAddress(source.address().getAddress(), port));
    }

    /**
     * Where a response goes if the connection of its request is gone (RFC 3261, 18.2.2): to the source address, at the
     * port that the Via gives. Null for datagrams.
     */
    public static @Nullable Hop newConnection(Via via, Hop source) {
        if (!source.protocol().isReliable()) {
            return null;
        }
        int port = via.sentBy().portOr(source.protocol().defaultPort());
        return new Hop(source.protocol(), new InetSocketAddress(source.address().getAddress(), port));
    }

    /** The INVITE that a CANCEL is for, null if there is none (any more). */
    public @Nullable InviteServerTransaction invitedBy(SipRequest cancel) {
        return servers.get(serverKey(cancel, SipMethod.INVITE)) instanceof InviteServerTransaction invite
                ? invite
                : null;
    }

    /** What two branches of one forked request have in common (RFC 3261, 8.2.2.2); empty inside a dialog. */
    private static String mergeKey(SipRequest request) {
        return request.toTag().isEmpty()
                ? TransactionKeys.bounded(String.join(
                        "|", request.callId(), request.fromTag(), request.cseq().toString()))
                : "";
    }

    private static String serverKey(SipRequest request, String method) {
        Via via = request.topVia();
        String sentBy = via.sentBy().toString().toLowerCase(Locale.ROOT);
        String branch = via.branch();
        if (branch.startsWith(Via.MAGIC_COOKIE)) {
            return TransactionKeys.bounded(String.join("|", branch, sentBy, method));
        }
        // RFC 2543: the branch alone tells nothing.
        List<String> parts = List.of(
                branch,
                sentBy,
                method,
                request.callId(),
                request.fromTag(),
                Long.toString(request.cseq().number()));
        return TransactionKeys.bounded(String.join("|", parts));
    }
}
