package dev.trunkline.telephony.sip.sdp;

/** A session description that breaks the grammar, or an answer that does not fit its offer. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, in a few words fit for a reason phrase. */
    public SdpException(String message) {
        super(message, null, false, false);
    }
}
