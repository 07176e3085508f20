package dev.trunkline.telephony.sip.sdp;

/** An offer without anything that can be taken: the call is refused with 488. */
public final class NotAcceptableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is missing, in a few words fit for a reason phrase. */
    public NotAcceptableException(String message) {
        super(message, null, false, false);
    }
}
