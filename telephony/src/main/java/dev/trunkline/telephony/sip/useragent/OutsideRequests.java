package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transaction.Identifiers;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.transport.SipScheduler;
import java.util.function.Consumer;

/** Requests that belong to no call, such as REGISTER and OPTIONS. SIP thread only. */
public interface OutsideRequests {

    /** The SIP thread's clock and queue. */
    SipScheduler scheduler();

    /** Makes tags and Call-IDs. */
    Identifiers identifiers();

    /**
     * Sends a request in a transaction of its own.
     *
     * @param nextHop where to; names are looked up
     * @param request complete but for Via and what {@code prepare} puts on
     * @param prepare gets the hop before the request leaves
     */
    void send(SipUri nextHop, SipRequest request, Consumer<Hop> prepare, ClientListener answers);

    /** Sends the two line ends that keep a NAT's way to us open (RFC 5626, 3.5.1). */
    void keepAlive(Hop hop, Runnable onFailure);

    /** The Contact that the peer at that hop can reach, as far as we know. */
    NameAddress contact(String user, Hop hop);

    /** The host and port of our Via towards that hop. */
    HostPort sentBy(Hop hop);

    /** True if the configuration says how peers see us: then nothing that they tell counts. */
    boolean hasPublicAddress();

    /** Notes as what the peer at that hop sees us: from now on our Contacts for it say so. */
    void seenFrom(Hop peer, HostPort outside);
}
