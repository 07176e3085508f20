package dev.trunkline.telephony.sip.dialog;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transport.Hop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that requests inside a call are made from (RFC 3261, 12). It knows loose and strict routers. For the SIP
 * thread.
 */
public final class Dialog {

    private final DialogId id;
    private final boolean caller;
    private final NameAddress local;
    private final NameAddress remote;
    private List<SipUri> routes;
    private SipUri remoteTarget;
    private long localSequence;
    private long remoteSequence;
    private @Nullable DigestClient credentials;
    private @Nullable Hop wayBack;

    private Dialog(
            DialogId id,
            boolean caller,
            NameAddress local,
            NameAddress remote,
            List<SipUri> routes,
            SipUri remoteTarget,
            long localSequence,
            long remoteSequence) {
        this.id = id;
        this.caller = caller;
        this.local = local;
        this.remote = remote;
        this.routes = routes;
        this.remoteTarget = remoteTarget;
        this.localSequence = localSequence;
        this.remoteSequence = remoteSequence;
    }

    /** The dialog of an INVITE that has come in (RFC 3261, 12.1.1); the INVITE must have a Contact. */
    public static Dialog ofIncoming(SipRequest invite, String localTag) {
        NameAddress contact = invite.contact();
        return new Dialog(
                new DialogId(invite.callId(), localTag, invite.fromTag()),
                false,
                invite.to().withTag(localTag),
                invite.from(),
                uris(invite.addresses(HeaderName.RECORD_ROUTE)),
                contact == null ? invite.from().uri() : contact.uri(),
                0,
                invite.cseq().number());
    }

    /** The dialog that a response with a To tag makes of our INVITE (RFC 3261, 12.1.2). */
    public static Dialog ofOutgoing(SipRequest invite, SipResponse response) {
        List<SipUri> routes = uris(response.addresses(HeaderName.RECORD_ROUTE));
        Collections.reverse(routes);
        NameAddress contact = response.contact();
        return new Dialog(
                new DialogId(invite.callId(), invite.fromTag(), response.toTag()),
                true,
                invite.from(),
                response.to(),
                routes,
                contact == null ? invite.uri() : contact.uri(),
                response.cseq().number(),
                -1);
    }

    private static List<SipUri> uris(List<NameAddress> addresses) {
        List<SipUri> uris = new ArrayList<>(addresses.size());
        for (NameAddress address : addresses) {
            uris.add(address.uri());
        }
        return uris;
    }

    /** What identifies it. */
    public DialogId id() {
        return id;
    }

    /** True if the INVITE was ours: we own the Call-ID. */
    public boolean isCaller() {
        return caller;
    }

    /** Our side. */
    public NameAddress local() {
        return local;
    }

    /** The peer. */
    public NameAddress remote() {
        return remote;
    }

    /** Where the peer wants requests. */
    public SipUri remoteTarget() {
        return remoteTarget;
    }

    /** The route set, nearest proxy first. */
    public List<SipUri> routes() {
        return Collections.unmodifiableList(routes);
    }

    /** Takes the route set of the 2xx, which replaces what an early response had (RFC 3261, 13.2.2.4). */
    public void confirm(SipResponse success) {
        List<SipUri> confirmed = uris(success.addresses(HeaderName.RECORD_ROUTE));
        Collections.reverse(confirmed);
        routes = confirmed;
        refreshTarget(success);
    }

    /** Takes the Contact of a target refresh request or of the 2xx to one. */
    public void refreshTarget(SipMessage message) {
        NameAddress contact = message.contact();
        if (contact != null && contact.uri().isSip()) {
            remoteTarget = contact.uri();
        }
    }

    /**
     * Notes the sequence number of a request that has come in.
     *
     * @return false if it is out of order and must be answered 500 (RFC 3261, 12.2.2)
     */
    public boolean acceptsSequence(long number) {
        if (number < remoteSequence) {
            return false;
        }
        remoteSequence = number;
        return true;
    }

    /** Sets what proves our requests to the peer or to proxies on the way. */
    public void credentials(@Nullable DigestClient client) {
        credentials = client;
    }

    /** What proves our requests, null if we have no user and password here. */
    public @Nullable DigestClient credentials() {
        return credentials;
    }

    /** A request that was challenged, once more, with the next sequence number. */
    public SipRequest again(SipRequest request) {
        localSequence++;
        return request.again(localSequence);
    }

    /** A new request with the next sequence number; Via and Contact are still missing. */
    public SipRequest request(String method) {
        localSequence++;
        return request(method, localSequence);
    }

    /** The ACK of a 2xx to the INVITE with that sequence number. */
    public SipRequest ack(long inviteSequence) {
        return request(SipMethod.ACK, inviteSequence);
    }

    private SipRequest request(String method, long sequence) {
        boolean strict = !routes.isEmpty() && !routes.getFirst().isLooseRouter();
        SipRequest request = new SipRequest(method, (strict ? routes.getFirst() : remoteTarget).asRequestUri());
        request.headers().add(HeaderName.MAX_FORWARDS, "70");
        for (int i = strict ? 1 : 0; i < routes.size(); i++) {
            request.headers().add(HeaderName.ROUTE, "<" + routes.get(i) + ">");
        }
        if (strict) {
            request.headers().add(HeaderName.ROUTE, "<" + remoteTarget + ">");
        }
        request.headers()
                .add(HeaderName.FROM, local.toString())
                .add(HeaderName.TO, remote.toString())
                .add(HeaderName.CALL_ID, id.callId())
                .add(HeaderName.CSEQ, sequence + " " + method);
        return request;
    }

    /** Where requests go instead of to {@link #nextHop} if that can be reached: the way that the peer's came. */
    public @Nullable Hop wayBack() {
        return wayBack;
    }

    /** Sets that; null for none. */
    public void wayBack(@Nullable Hop hop) {
        wayBack = hop;
    }

    /** Whom requests are sent to: the nearest proxy, else the peer itself. */
    public SipUri nextHop() {
        return routes.isEmpty() ? remoteTarget : routes.getFirst();
    }
}
