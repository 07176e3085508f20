package dev.trunkline.telephony.sip.message;

/** A piece of a SIP message that breaks the grammar; the message is short and fit for a reason phrase. */
public final class SipParseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, in a few words. */
    public SipParseException(String message) {
        super(message, null, false, false);
    }
}
