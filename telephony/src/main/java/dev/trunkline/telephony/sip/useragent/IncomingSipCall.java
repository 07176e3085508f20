package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.digest.DigestClient;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that somebody places to us. */
public interface IncomingSipCall extends SipCall {

    /** The INVITE: Request-URI, headers. Only to read, on the SIP thread. */
    SipRequest invite();

    /** The dialled user part with escapes undone, empty if there is none. */
    String dialled();

    /** Where the INVITE came from. */
    InetSocketAddress source();

    /** The peer's offer, null if it wants ours: then {@link #answer} gives the offer and Acked brings the answer. */
    @Nullable
    Sdp offer();

    /** Our requests inside this call are proven with that from now on. SIP thread only. */
    void proveWith(DigestClient credentials);

    /** Answers 180. */
    void ring();

    /**
     * The call whose place this one is to take (Replaces): once this one is answered, that one is to be hung up. Empty for an
     * ordinary call.
     */
    default Optional<SipCall> replaces() {
        return Optional.empty();
    }

    /** True if the peer can confirm a provisional answer, so that {@link #progress} may carry an offer of ours. */
    default boolean canOfferEarly() {
        return false;
    }

    /**
     * Answers 183 with media before the call is answered, reliably if the peer can confirm it. For a call that came without an
     * offer this is the offer ({@link SipCallEvent.EarlyAnswer} brings the answer), and only if {@link #canOfferEarly}. The
     * description given to {@link #answer} later must be the same.
     */
    void progress(Sdp sdp);

    /** Answers 200; it is repeated until the ACK, and without one for 32 s the call is ended. */
    void answer(Sdp sdp);

    /**
     * Refuses the call.
     *
     * @param status 3xx to 6xx
     * @param reason the phrase, the usual one if empty
     * @param headers more headers, such as Retry-After or Contact
     */
    void reject(int status, String reason, Map<String, String> headers);

    /** Refuses the call with the usual phrase. */
    default void reject(int status) {
        reject(status, "", Map.of());
    }
}
