package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.Sdp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can happen to a call. */
public sealed interface SipCallEvent {

    /**
     * The called side rings or the call is being forwarded or queued (180, 181, 182, or 183 without SDP).
     *
     * @param status 180 to 199
     */
    record Ringing(int status, String reason) implements SipCallEvent {}

    /**
     * The called side (or a network in between) sends media before it answers.
     *
     * @param sdp an answer that is not final
     * @param branch which of several called phones; the last one heard of counts
     */
    record EarlyMedia(Sdp sdp, String branch) implements SipCallEvent {}

    /**
     * The called side has answered and the ACK is out. For a call that was placed without an offer the media was
     * settled by an {@link OfferReceived} before.
     *
     * @param sdp the answer, null if the call was placed without an offer
     */
    record Answered(@Nullable Sdp sdp) implements SipCallEvent {}

    /**
     * The peer has confirmed a 2xx of ours.
     *
     * @param answer the answer if the 2xx carried our offer, else null
     */
    record Acked(@Nullable Sdp answer) implements SipCallEvent {}

    /**
     * The peer wants to change the media by re-INVITE or UPDATE; reply now or soon.
     *
     * @param offer null if the peer wants our offer (re-INVITE without a body)
     */
    record OfferReceived(@Nullable Sdp offer, OfferReply reply) implements SipCallEvent {}

    /** The peer has taken back its offer (CANCEL of a re-INVITE); a reply has no effect any more. */
    record OfferWithdrawn() implements SipCallEvent {}

    /** The peer has answered an offer of ours. */
    record OfferAnswered(Sdp answer) implements SipCallEvent {}

    /** The peer has refused an offer of ours, or nobody has answered (408); the call goes on as before. */
    record OfferRefused(int status, String reason) implements SipCallEvent {}

    /** The peer has put the call on hold: it does not want to hear us. */
    record Held() implements SipCallEvent {}

    /** The peer has taken the call back. */
    record Resumed() implements SipCallEvent {}

    /**
     * A digit by INFO.
     *
     * @param digit {@code 0-9*#A-D}
     * @param duration how long the key was held, as far as the peer tells
     */
    record InfoDigit(char digit, Duration duration) implements SipCallEvent {}

    /** The peer has answered a refresh of ours with another description than before. */
    record Refreshed(Sdp answer) implements SipCallEvent {}

    /** The peer has answered our offer before the call is answered: the offer was in a reliable 183. */
    record EarlyAnswer(Sdp answer) implements SipCallEvent {}

    /**
     * The peer wants us to call somebody else in its place (REFER).
     *
     * @param target whom, without headers
     * @param replaces the call there whose place we are to take (attended transfer)
     * @param by who says so (Referred-By), empty if it is not told
     */
    record ReferReceived(SipUri target, Optional<ReplacedDialog> replaces, String by, ReferReply reply)
            implements SipCallEvent {}

    /**
     * How the call stands that the peer places on our REFER.
     *
     * @param status 100 to 199
     */
    record TransferProgress(int status, String reason) implements SipCallEvent {}

    /** The peer has reached whom we referred it to; this call may be ended. */
    record Transferred() implements SipCallEvent {}

    /**
     * The peer has refused our REFER, or could not reach whom it names; this call goes on.
     *
     * @param status the refusal of the REFER or of the new call, 0 if the peer tells no more
     * @param tried whether the peer has placed the new call
     */
    record TransferRefused(int status, String reason, boolean tried) implements SipCallEvent {}

    /** The call is over; nothing follows. */
    sealed interface Ended extends SipCallEvent {}

    /** The caller has given up before an answer; for calls that we placed: our {@code cancel()} has taken effect. */
    record Cancelled(Party by, CallCause cause) implements Ended {}

    /** An answered call has ended. */
    record HungUp(Party by, CallCause cause) implements Ended {}

    /**
     * The call did not come about.
     *
     * @param status the final response, 408 if there was none, 503 if the request could not be sent
     * @param by us if we have rejected it or have stopped waiting
     * @param contacts other places to try (3xx), as URIs
     */
    record Failed(int status, String reason, Party by, List<String> contacts) implements Ended {

        public Failed {
            contacts = List.copyOf(contacts);
        }
    }
}
