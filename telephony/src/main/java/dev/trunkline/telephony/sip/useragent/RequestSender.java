package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.target.TargetResolver;
import dev.trunkline.telephony.sip.target.Targets;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.ClientTransaction;
import dev.trunkline.telephony.sip.transaction.InviteClientTransaction;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import dev.trunkline.telephony.sip.transport.TransportProtocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to the first of its possible hops that takes it (RFC 3263, 4.3): the next one is tried when a message
 * can't be handed over, when nothing at all comes back in time, or when the hop answers 503. Requests that are long for a
 * datagram go by TCP, and by UDP after all if the peer has no TCP (RFC 3261, 18.1.1). SIP thread only.
 */
final class RequestSender {

    /** Bytes; the Via of about 100 bytes comes on top. */
    static final int LONG = 1_200;

    private static final Logger LOG = System.getLogger(RequestSender.class.getName());
    private static final long NO_TCP_MS = 600_000;
    private static final int KEPT = 256;

    /** What to do with a request when a hop is known. */
    interface Shipping {

        /** The request as that hop needs it, a new one each time; null to send nothing. */
        @Nullable
        SipRequest prepared(Hop hop);

        /** Sends it in a transaction. */
        ClientTransaction start(SipRequest request, Hop hop, ClientListener answers);

        /** That transaction is the one that counts from now on. */
        default void started(ClientTransaction transaction) {}
    }

    private final TargetResolver resolver;
    private final SignallingNetwork network;
    private final SipScheduler scheduler;
    private final long patience;
    private final Map<InetSocketAddress, Long> withoutTcp = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Long> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * For one endpoint.
     *
     * @param patience milliseconds to wait for a first answer while there are other hops to try
     */
    RequestSender(TargetResolver resolver, SignallingNetwork network, SipScheduler scheduler, long patience) {
        this.resolver = resolver;
        this.network = network;
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /**
     * Sends a request.
     *
     * @param nextHop where it has to go
     * @param wayBack where it goes instead if that can be reached, or null
     */
    void send(SipUri nextHop, @Nullable Hop wayBack, Shipping shipping, ClientListener answers) {
        Delivery delivery = new Delivery(nextHop, shipping, answers);
        if (isOpen(wayBack)) {
            delivery.first(wayBack);
        } else {
            delivery.resolve();
        }
    }

    private boolean isOpen(@Nullable Hop wayBack) {
        return wayBack != null && (!wayBack.connected() || network.isConnected(wayBack));
    }

    /** Sends what has no transaction: the ACK of a 2xx. */
    void sendOnce(SipUri nextHop, @Nullable Hop wayBack, Consumer<Hop> sending) {
        if (wayBack != null && isOpen(wayBack)) {
            sending.accept(wayBack);
            return;
        }
        resolver.resolve(
                nextHop,
                targets -> sending.accept(targets.hops().getFirst()),
                fault -> LOG.log(Level.WARNING, "an ACK could not be sent: " + fault));
    }

    private final class Delivery {

        private final SipUri nextHop;
        private final Shipping shipping;
        private final ClientListener answers;
        private final Deque<Hop> left = new ArrayDeque<>();
        private boolean resolved;
        private @Nullable Targets targets;
        private @Nullable Try current;

        Delivery(SipUri nextHop, Shipping shipping, ClientListener answers) {
            this.nextHop = nextHop;
            this.shipping = shipping;
            this.answers = answers;
        }

        void first(@Nullable Hop wayBack) {
            if (wayBack != null) {
                left.add(wayBack);
            }
            next();
        }

        void resolve() {
            resolved = true;
            resolver.resolve(
                    nextHop,
                    found -> {
                        targets = found;
                        left.addAll(found.hops());
                        next();
                    },
                    fault -> {
                        LOG.log(Level.WARNING, "a request could not be sent: " + fault);
                        answers.onNoResponse(ClientListener.Failure.NOT_SENT);
                    });
        }

        void next() {
            Hop hop = left.poll();
            if (hop == null) {
                answers.onNoResponse(ClientListener.Failure.NOT_SENT);
                return;
            }
            SipRequest request = shipping.prepared(hop);
            if (request == null) {
                return;
            }
            Hop stream = streamInstead(hop, request);
            if (stream == null) {
                new Try(hop, false).start(request);
                return;
            }
            SipRequest byStream = shipping.prepared(stream);
            if (byStream != null) {
                left.addFirst(hop);
                new Try(stream, true).start(byStream);
            }
        }

        private @Nullable Hop streamInstead(Hop hop, SipRequest request) {
            Try before = current;
            if (hop.protocol() != TransportProtocol.UDP
                    || targets == null
                    || targets.fixed()
                    || !network.has(TransportProtocol.TCP)
                    || before != null && before.instead && before.hop.address().equals(hop.address())
                    || request.toBytes().length <= LONG) {
                return null;
            }
            Long since = withoutTcp.get(hop.address());
            boolean refused = since != null && scheduler.now() - since < NO_TCP_MS;
            return refused ? null : new Hop(TransportProtocol.TCP, hop.address());
        }

        private boolean hasMore() {
            return !left.isEmpty();
        }

        /** One hop and what becomes of it. */
        private final class Try implements ClientListener {

            private final Hop hop;
            private final boolean instead;
            private @Nullable ClientTransaction transaction;
            private @Nullable Timer timer;
            private boolean over;

            Try(Hop hop, boolean instead) {
                this.hop = hop;
                this.instead = instead;
            }

            void start(SipRequest request) {
                current = this;
                if (hasMore()) {
                    timer = scheduler.after(patience, this::giveUp);
                }
                ClientTransaction begun = shipping.start(request, hop, this);
                transaction = begun;
                if (!over) {
                    shipping.started(begun);
                }
            }

            private void giveUp() {
                if (!over) {
                    moveOn("does not answer");
                }
            }

            private void moveOn(String why) {
                settle();
                over = true;
                if (instead) {
                    withoutTcp.put(hop.address(), scheduler.now());
                }
                LOG.log(Level.INFO, "{0} {1}, trying the next: {2}", hop, why, nextHop);
                next();
            }

            private void settle() {
                if (timer != null) {
                    timer.cancel();
                    timer = null;
                }
            }

            @Override
            public void onResponse(SipResponse response) {
                settle();
                if (over) {
                    onLate(response);
                } else if (response.status() == 503 && hasMore()) {
                    moveOn("answers 503");
                } else {
                    answers.onResponse(response);
                }
            }

            /** The peer was only slow: a call that it has taken is the caller's to end, one that rings is taken back. */
            private void onLate(SipResponse response) {
                if (transaction instanceof InviteClientTransaction invite) {
                    if (response.isProvisional()) {
                        invite.cancel();
                    } else if (response.isSuccess()) {
                        answers.onResponse(response);
                    }
                }
            }

            @Override
            public void onNoResponse(Failure failure) {
                settle();
                if (over) {
                    return;
                }
                if (hasMore()) {
                    moveOn(failure == Failure.NOT_SENT ? "can't be reached" : "does not answer");
                } else if (!resolved && failure == Failure.NOT_SENT) {
                    over = true;
                    resolve();
                } else {
                    over = true;
                    answers.onNoResponse(failure);
                }
            }
        }
    }
}
