package dev.trunkline.telephony.sip.message;

/** A response. Not thread-safe. */
public final class SipResponse extends SipMessage {

    private final int status;
    private final String reason;

    /** A response without headers yet. */
    public SipResponse(int status, String reason) {
        this(status, reason, new SipHeaders());
    }

    SipResponse(int status, String reason, SipHeaders headers) {
        super(headers);
        this.status = status;
        this.reason = reason;
    }

    /**
     * The answer to a request with what every answer copies: Via, From, To, Call-ID, CSeq, and Timestamp in a 100.
     *
     * @param status 100 to 699
     * @param reason the phrase, without line ends
     * @param toTag put into To if the request has none there; empty for none (100, or a stateless refusal)
     */
    public static SipResponse to(SipRequest request, int status, String reason, String toTag) {
        SipResponse response = new SipResponse(status, reason);
        for (SipHeaders.Header line : request.headers().lines()) {
            switch (line.name()) {
                case HeaderName.VIA, HeaderName.FROM, HeaderName.CALL_ID, HeaderName.CSEQ ->
                    response.headers().add(line.name(), line.value());
                case HeaderName.TO -> response.headers().add(line.name(), tagged(line.value(), toTag));
                case HeaderName.TIMESTAMP -> {
                    if (status == 100) {
                        response.headers().add(line.name(), line.value());
                    }
                }
                default -> {}
            }
        }
        return response;
    }

    private static String tagged(String to, String tag) {
        if (tag.isEmpty()) {
            return to;
        }
        try {
            NameAddress address = NameAddress.parse(to);
            if (address.tag() != null) {
                return to;
            }
        } catch (SipParseException e) {
            return to;
        }
        // Appended to the original text: some peers compare To byte by byte. Without brackets ;tag is the header's.
        return to + ";tag=" + tag;
    }

    /** The status code, 100 to 699. */
    public int status() {
        return status;
    }

    /** The reason phrase, possibly empty. */
    public String reason() {
        return reason;
    }

    /** True for 1xx. */
    public boolean isProvisional() {
        return status < 200;
    }

    /** True for 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }
}
