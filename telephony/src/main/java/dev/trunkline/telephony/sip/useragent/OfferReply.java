package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.sdp.Sdp;

/** Answers the peer's wish to change a running call. The first call counts. From any thread. */
public interface OfferReply {

    /** Takes the offer with this answer, or gives the offer that the peer has asked for. */
    void accept(Sdp sdp);

    /**
     * Refuses; the call goes on as before.
     *
     * @param status 4xx to 6xx, usually 488
     */
    void reject(int status, String reason);
}
