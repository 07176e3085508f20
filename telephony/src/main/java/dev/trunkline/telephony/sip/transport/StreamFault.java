package dev.trunkline.telephony.sip.transport;

/** Why a stream can't be cut into messages any more. */
public enum StreamFault {
    /** The first line is neither a request nor a response. */
    NO_SIP("no-sip", 400, "no SIP"),
    /** A message without Content-Length, which streams need (RFC 3261, 18.3). */
    NO_LENGTH("no-length", 400, "no Content-Length on a stream"),
    /** A Content-Length that is no number, or two that differ. */
    BAD_LENGTH("bad-length", 400, "bad Content-Length"),
    /** More than is taken. */
    TOO_LARGE("too-large", 513, "message too large");

    private final String kind;
    private final int status;
    private final String text;

    StreamFault(String kind, int status, String text) {
        this.kind = kind;
        this.status = status;
        this.text = text;
    }

    /** A short fixed word for counters. */
    public String kind() {
        return kind;
    }

    /** How a request of that kind is refused. */
    public int status() {
        return status;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
