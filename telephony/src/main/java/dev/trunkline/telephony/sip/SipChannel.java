package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.telephony.leg.DigitSending;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.registration.TrunkStatus;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.LocalCrypto;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallListener;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipEndpointListener;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Telephone calls over SIP and RTP: brings the calls of our SIP port to the reception, and places calls. Thread-safe.
 */
public final class SipChannel implements Dialer, AutoCloseable {

    private static final Logger LOG = System.getLogger(SipChannel.class.getName());

    private final SipSettings settings;
    private final MediaEngine media;
    private final CallReception reception;
    private final SecureRandom random = new SecureRandom();
    private final SipAccounts accounts;
    private final Gate gate;
    private final SipEndpoint endpoint;
    private final Map<SipCall, SipLeg> legs = new ConcurrentHashMap<>();
    private volatile TransferPolicy transferPolicy = TransferPolicy.NOWHERE;
    private volatile DigitSending digitSending = DigitSending.AUTO;

    private SipChannel(SipSettings settings, SipAccounts accounts, MediaEngine media, CallReception reception)
            throws IOException {
        this.settings = settings;
        this.media = media;
        this.reception = reception;
        this.accounts = accounts;
        this.gate = new Gate(accounts, settings);
        this.endpoint = SipEndpoint.start(settings, new SipEndpointListener() {
            @Override
            public SipCallListener onInvite(IncomingSipCall call) {
                return SipChannel.this.onInvite(call);
            }

            @Override
            public @Nullable Challenge challenge(SipRequest invite, Hop source) {
                return gate.challenge(invite, source);
            }
        });
        gate.open(endpoint);
    }

    /**
     * Opens the SIP port and takes calls from everybody from now on; see
     * {@link #start(SipSettings, SipAccounts, MediaEngine, CallReception)}.
     */
    public static SipChannel start(SipSettings settings, MediaEngine media, CallReception reception)
            throws IOException {
        return start(settings, SipAccounts.NONE, media, reception);
    }

    /**
     * Opens the SIP port, takes calls from now on, and registers with the trunks.
     *
     * @param media lives longer than the channel; it is not closed with it
     * @throws dev.trunkline.telephony.sip.transport.PortInUseException if the port is taken
     * @throws IOException if it can't be bound for another reason
     */
    public static SipChannel start(
            SipSettings settings, SipAccounts accounts, MediaEngine media, CallReception reception) throws IOException {
        return new SipChannel(settings, accounts, media, reception);
    }

    /** Keys for one leg. */
    LocalCrypto crypto() {
        return LocalCrypto.with(accounts.srtp(), random);
    }

    /** How each trunk is, in the order of the configuration. */
    public List<TrunkStatus> trunks() {
        return gate.status();
    }

    MediaEngine media() {
        return media;
    }

    SipEndpoint endpoint() {
        return endpoint;
    }

    /** Whom far sides may send us to from now on; nobody unless this is set. */
    public void transferPolicy(TransferPolicy policy) {
        transferPolicy = policy;
    }

    /** How keys are pressed on legs from now on; unless this is set, as far sides take them. */
    public void digitSending(DigitSending way) {
        digitSending = way;
    }

    DigitSending digitSending() {
        return digitSending;
    }

    TransferPolicy transferPolicy() {
        return transferPolicy;
    }

    // ---- which leg a call is under, for those who want to take its place

    void register(SipCall call, SipLeg leg) {
        legs.put(call, leg);
        if (leg.isOver()) {
            legs.remove(call);
        }
    }

    void forget(@Nullable SipCall call) {
        if (call != null) {
            legs.remove(call);
        }
    }

    void replace(@Nullable SipCall old, SipCall next, SipLeg leg) {
        forget(old);
        register(next, leg);
    }

    Duration longestHold() {
        return settings.longestHold();
    }

    /** The address for SDP: the public one, else the one that media is bound to, else the way of the signalling. */
    InetAddress mediaAddress(InetAddress signalling, InetAddress bound) {
        return settings.publicAddress().orElse(bound.isAnyLocalAddress() ? signalling : bound);
    }

    private SipCallListener onInvite(IncomingSipCall call) {
        SipCall replaced = call.replaces().orElse(null);
        if (replaced != null) {
            return onReplacement(call, replaced);
        }
        Sdp offer = call.offer();
        if (offer != null) {
            try {
                // A trial with a made-up port: what can't be taken must not reach the reception.
                new OfferAnswer(0)
                        .answer(
                                offer,
                                new LocalAudio(
                                        call.localAddress(),
                                        9,
                                        SipMedia.formats(media.codecs()),
                                        20,
                                        MediaDirection.SENDRECV,
                                        crypto()));
            } catch (NotAcceptableException e) {
                call.reject(488, ReasonPhrase.of(488) + ": " + e.getMessage(), Map.of());
                return (same, event) -> {};
            }
        }
        InboundLeg leg = new InboundLeg(this, call, gate.trunkOf(call).orElse(null));
        register(call, leg);
        try {
            reception.incoming(leg);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "call " + leg.id() + ": the reception failed", e);
            // One of the two fits, according to how far the reception got.
            leg.reject(RejectCause.FAILED, "");
            leg.hangUp(EndReason.FAILED);
        }
        return leg::onEvent;
    }

    private SipCallListener onReplacement(IncomingSipCall call, SipCall replaced) {
        SipLeg leg = legs.get(replaced);
        if (leg == null) {
            call.reject(481);
        } else if (leg.succession().takeOver(call)) {
            return leg::onEvent;
        }
        return (same, event) -> {};
    }

    /**
     * {@inheritDoc}
     *
     * @param target {@code sip:user@host}, or with a trunk or an outbound proxy also {@code tel:+49...} or a bare number
     */
    @Override
    public Leg dial(String target, String callerId, Duration ringTimeout, LegListener listener) {
        OutboundLeg[] made = new OutboundLeg[1];
        CallRequest request =
                request(target, callerId, local -> made[0].offer(local)).ringingFor(ringTimeout);
        OutboundLeg leg = new OutboundLeg(this, request);
        made[0] = leg;
        leg.listen(listener);
        try {
            leg.media().open();
        } catch (NoFreePortException e) {
            leg.fail(e);
            return leg;
        }
        leg.place(endpoint, request);
        return leg;
    }

    /** A call to that address or number. */
    CallRequest request(String target, String callerId, CallRequest.OfferMaker offer) {
        return gate.request(target, callerId, offer);
    }

    /** The address that a target means. */
    SipUri target(String target) {
        return gate.request(target, "", local -> null).target();
    }

    /** While on, new calls are refused with 503 and Retry-After; running calls go on. */
    public void draining(boolean on) {
        endpoint.draining(on);
        gate.draining(on);
    }

    /** Where we listen; the host may be the wildcard. */
    public InetSocketAddress localAddress() {
        return endpoint.localAddress();
    }

    /** Where each transport listens, UDP first; hosts may be the wildcard. */
    public List<Hop> listening() {
        return endpoint.listening();
    }

    /** Connections of TCP and TLS that are open. */
    public int connections() {
        return endpoint.connections();
    }

    /** The address of ours that a peer can reach. May take a moment; not for the SIP thread. */
    public InetAddress localAddressTowards(InetAddress peer) {
        return endpoint.localAddressTowards(peer);
    }

    /** Calls that are not over. Not for the SIP thread. */
    public int callCount() {
        return endpoint.callCount();
    }

    /** What has happened on the SIP port so far. */
    public SipCounters counters() {
        return endpoint.counters();
    }

    /** Takes the registrations back and closes the SIP port; legs that still run are not told. Not for the SIP thread. */
    @Override
    public void close() {
        gate.close();
        endpoint.close();
    }
}
