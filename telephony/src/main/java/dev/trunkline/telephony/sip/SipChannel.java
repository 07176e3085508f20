package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.CallReception;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.MediaEngine;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transport.SipCounters;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipCallListener;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import dev.trunkline.telephony.sip.useragent.SipSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * Telephone calls over SIP and RTP: brings the calls of our SIP port to the reception, and places calls. Thread-safe.
 */
public final class SipChannel implements Dialer, AutoCloseable {

    private static final Logger LOG = System.getLogger(SipChannel.class.getName());
    private static final String OWN_NAME = "trunkline";

    private final SipSettings settings;
    private final MediaEngine media;
    private final CallReception reception;
    private final SipEndpoint endpoint;

    private SipChannel(SipSettings settings, MediaEngine media, CallReception reception) throws IOException {
        this.settings = settings;
        this.media = media;
        this.reception = reception;
        this.endpoint = SipEndpoint.start(settings, this::onInvite);
    }

    /**
     * Opens the SIP port and takes calls from now on.
     *
     * @param media lives longer than the channel; it is not closed with it
     * @throws dev.trunkline.telephony.sip.transport.PortInUseException if the port is taken
     * @throws IOException if it can't be bound for another reason
     */
    public static SipChannel start(SipSettings settings, MediaEngine media, CallReception reception)
            throws IOException {
        return new SipChannel(settings, media, reception);
    }

    MediaEngine media() {
        return media;
    }

    Duration longestHold() {
        return settings.longestHold();
    }

    /** The address for SDP: the public one, else the one that media is bound to, else the way of the signalling. */
    InetAddress mediaAddress(InetAddress signalling, InetAddress bound) {
        return settings.publicAddress().orElse(bound.isAnyLocalAddress() ? signalling : bound);
    }

    private SipCallListener onInvite(IncomingSipCall call) {
        Sdp offer = call.offer();
        if (offer != null) {
            try {
                // A trial with a made-up port: what can't be taken must not reach the reception.
                new OfferAnswer(0)
                        .answer(
                                offer,
                                new LocalAudio(
                                        call.localAddress(), 9, SipMedia.formats(), 20, MediaDirection.SENDRECV));
            } catch (NotAcceptableException e) {
                call.reject(488, ReasonPhrase.of(488) + ": " + e.getMessage(), Map.of());
                return (same, event) -> {};
            }
        }
        InboundLeg leg = new InboundLeg(this, call);
        try {
            reception.incoming(leg);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "call " + leg.id() + ": the reception failed", e);
            // One of the two fits, according to how far the reception got.
            leg.reject(RejectCause.FAILED, "");
            leg.hangUp(EndReason.FAILED);
        }
        return (same, event) -> leg.onEvent(event);
    }

    /**
     * {@inheritDoc}
     *
     * @param target {@code sip:user@host}, or with an outbound proxy also {@code tel:+49...} or a bare number
     */
    @Override
    public Leg dial(String target, String callerId, Duration ringTimeout, LegListener listener) {
        SipUri uri = uri(target);
        SipUri from = SipUri.of(callerId.isBlank() ? OWN_NAME : callerId, new HostPort("invalid", -1));
        OutboundLeg[] made = new OutboundLeg[1];
        CallRequest request = CallRequest.to(uri, NameAddress.of(from), local -> made[0].offer(local))
                .ringingFor(ringTimeout);
        OutboundLeg leg = new OutboundLeg(this, request);
        made[0] = leg;
        leg.listen(listener);
        try {
            leg.openMedia();
        } catch (NoFreePortException e) {
            leg.fail(e);
            return leg;
        }
        leg.place(endpoint, request);
        return leg;
    }

    private SipUri uri(String target) {
        try {
            SipUri proxy = settings.outboundProxy().orElse(null);
            HostPort proxyAddress = proxy == null ? null : proxy.address();
            boolean bare = target.indexOf(':') < 0;
            if (bare && proxyAddress == null) {
                throw new IllegalArgumentException("not a SIP address: " + target);
            }
            SipUri uri = bare && proxyAddress != null ? SipUri.of(target, proxyAddress) : SipUri.parse(target);
            if (!uri.isSip() && (proxyAddress == null || !uri.scheme().equals("tel"))) {
                throw new IllegalArgumentException("no way to reach " + target);
            }
            return uri;
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not a SIP address: " + target + " (" + e.getMessage() + ")", e);
        }
    }

    /** While on, new calls are refused with 503 and Retry-After; running calls go on. */
    public void draining(boolean on) {
        endpoint.draining(on);
    }

    /** Where we listen; the host may be the wildcard. */
    public InetSocketAddress localAddress() {
        return endpoint.localAddress();
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

    /** Closes the SIP port; legs that still run are not told. Not for the SIP thread. */
    @Override
    public void close() {
        endpoint.close();
    }
}
