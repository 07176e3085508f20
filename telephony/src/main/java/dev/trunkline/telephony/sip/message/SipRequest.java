package dev.trunkline.telephony.sip.message;

/** A request. Not thread-safe. */
public final class SipRequest extends SipMessage {

    private final String method;
    private final SipUri uri;

    /** A request without headers yet. */
    public SipRequest(String method, SipUri uri) {
        this(method, uri, new SipHeaders());
    }

    SipRequest(String method, SipUri uri, SipHeaders headers) {
        super(headers);
        this.method = method;
        this.uri = uri;
    }

    /** The same request, to be changed by itself; the body is shared. */
    public SipRequest copy() {
        SipRequest copy = new SipRequest(method, uri);
        copy.headers().copyFrom(headers(), line -> true);
        copy.rawBody(body());
        return copy;
    }

    /** The method, such as {@code INVITE}; case counts. */
    public String method() {
        return method;
    }

    /** True if the method is this one. */
    public boolean is(String other) {
        return method.equals(other);
    }

    /** The Request-URI. */
    public SipUri uri() {
        return uri;
    }

    /** The same request with another sequence number and without Via, to be sent in a transaction of its own. */
    public SipRequest again(long sequence) {
        SipRequest copy = new SipRequest(method, uri);
        copy.headers().copyFrom(headers(), line -> !line.name().equals(HeaderName.VIA));
        copy.headers().set(HeaderName.CSEQ, sequence + " " + method);
        copy.rawBody(body());
        return copy;
    }

    @Override
    public String startLine() {
        return method + " " + uri + " SIP/2.0";
    }
}
