package dev.trunkline.telephony.sip.message;

import org.jspecify.annotations.Nullable;

/** Bytes that are no SIP message, with the answer that can be given if enough of a request was there. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final transient @Nullable SipResponse answer;

    MalformedMessageException(String kind, String message, @Nullable SipResponse answer) {
        super(message, null, false, false);
        this.kind = kind;
        this.answer = answer;
    }

    /** A short fixed word for counters, such as {@code start-line} or {@code header}. */
    public String kind() {
        return kind;
    }

    /** The refusal to send (400, 413, 505), null if it can't or must not be answered (responses, ACK, no usable Via). */
    public @Nullable SipResponse answer() {
        return answer;
    }
}
