package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to place. Immutable.
 *
 * @param target whom to call; becomes Request-URI and To
 * @param from our identity; its host {@code invalid} is replaced by our own address
 * @param offer makes the offer when the address that the peer can reach is known
 * @param headers more headers for the INVITE, such as P-Asserted-Identity
 * @param ringFor how long to wait for the answer before giving up with 408
 * @param maxForwards hops left; a bridge passes on one less than it got
 * @param routes the proxies on the way, nearest first; empty for the endpoint's outbound proxy, if it has one
 * @param credentials answers 401 and 407; null if we have no user and password there
 */
public record CallRequest(
        SipUri target,
        NameAddress from,
        OfferMaker offer,
        Map<String, String> headers,
        Duration ringFor,
        int maxForwards,
        List<SipUri> routes,
        @Nullable DigestClient credentials) {

    /** Makes an offer for a peer; runs on the SIP thread. */
    @FunctionalInterface
    public interface OfferMaker {

        /**
         * The offer, or null to call without one.
         *
         * @param local our address as the peer can reach it
         */
        @Nullable
        Sdp offer(InetAddress local);
    }

    public CallRequest {
        headers = Map.copyOf(headers);
        routes = List.copyOf(routes);
    }

    /** A call with 180 s of patience. */
    public static CallRequest to(SipUri target, NameAddress from, OfferMaker offer) {
        return new CallRequest(target, from, offer, Map.of(), Duration.ofSeconds(180), 70, List.of(), null);
    }

    /** With these headers. */
    public CallRequest withHeaders(Map<String, String> more) {
        return new CallRequest(target, from, offer, more, ringFor, maxForwards, routes, credentials);
    }

    /** With these headers besides those it has. */
    public CallRequest andHeaders(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return withHeaders(all);
    }

    /** With that patience. */
    public CallRequest ringingFor(Duration patience) {
        return new CallRequest(target, from, offer, headers, patience, maxForwards, routes, credentials);
    }

    /** With that many hops left. */
    public CallRequest withMaxForwards(int hops) {
        return new CallRequest(target, from, offer, headers, ringFor, hops, routes, credentials);
    }

    /** Through these proxies, with that proof of who we are. */
    public CallRequest by(List<SipUri> proxies, @Nullable DigestClient proof) {
        return new CallRequest(target, from, offer, headers, ringFor, maxForwards, proxies, proof);
    }
}
