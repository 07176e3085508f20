package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** A call. Its methods may be called from any thread and take effect on the SIP thread, in order; none blocks. */
public interface SipCall {

    /** The Call-ID, unique for the call on this host. */
    String callId();

    /** Our side as in From or To. */
    NameAddress local();

    /** The other side as in From or To. */
    NameAddress remote();

    /** Our address as this peer can reach it: for SDP. The loopback address until an outgoing call has found its peer. */
    InetAddress localAddress();

    /** Runs a task on the SIP thread, in order with the call's events. */
    void onSipThread(Runnable task);

    /**
     * Runs a task on the SIP thread after a while, whether the call is over by then or not.
     *
     * @return takes the task back
     */
    Runnable afterOnSipThread(Duration delay, Runnable task);

    /**
     * Ends the call in whatever state it is: BYE once answered, CANCEL for one that we placed, 480 for one that rings
     * here.
     */
    void hangUp(CallCause cause);

    /**
     * Offers other media by re-INVITE, or by UPDATE before the answer if the peer can do that (else it waits for the answer); {@link SipCallEvent.OfferAnswered} or {@link SipCallEvent.OfferRefused} follows.
     * Waits while another exchange is running and, after a collision (491), as long as RFC 3261, 14.1 wants.
     *
     * @param offer gives the offer, on the SIP thread when it can be sent: the peer may have changed the session until then
     */
    void reinvite(Supplier<Sdp> offer);

    /** Offers exactly this. */
    default void reinvite(Sdp offer) {
        reinvite(() -> offer);
    }

    /**
     * Sends a digit by INFO (application/dtmf-relay).
     *
     * @param digit {@code 0-9*#A-D}
     */
    void sendInfoDigit(char digit, Duration duration);

    /** Whether the peer has said (Allow) that it takes INFO; false as long as it has said nothing. */
    boolean takesInfo();

    /**
     * Asks the peer to call somebody else (REFER). {@link SipCallEvent.TransferProgress}, then {@link
     * SipCallEvent.Transferred} or {@link SipCallEvent.TransferRefused} follow; after the first it is up to us to hang up.
     */
    void refer(SipUri target);

    /** The same to take our place in another call of ours (REFER with Replaces), of the same endpoint. */
    void refer(SipCall consultation);
}
