package dev.trunkline.telephony.sip.useragent;

/** Answers the peer's wish that we call somebody else, and tells it what becomes of that. From any thread. */
public interface ReferReply {

    /** Takes it (202); what becomes of it has to be told. */
    void accept();

    /**
     * Refuses it; the call goes on as before.
     *
     * @param status 4xx to 6xx, usually 603
     */
    void reject(int status, String reason);

    /**
     * Tells how the new call stands; the first final status is the last that is told. Goes on after the end of the call.
     *
     * @param status of the new call, such as 180, 200 or 486
     */
    void tell(int status, String reason);
}
