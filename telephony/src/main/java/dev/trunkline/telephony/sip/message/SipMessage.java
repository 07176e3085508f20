package dev.trunkline.telephony.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response. What {@link SipParser} gives has passed its checks, so that the accessors of the mandatory
 * headers do not fail on it. Not thread-safe.
 */
public abstract sealed class SipMessage permits SipRequest, SipResponse {

    private static final byte[] EMPTY = {};

    private final SipHeaders headers;
    private byte[] body = EMPTY;

    SipMessage(SipHeaders headers) {
        this.headers = headers;
    }

    /** The start line without its line end. */
    public abstract String startLine();

    /** The headers, to read and to change. */
    public SipHeaders headers() {
        return headers;
    }

    /** The first value of a header, null if there is none. */
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /** The body, empty if there is none. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8 text. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** True if there is a body. */
    public boolean hasBody() {
        return body.length > 0;
    }

    /** About how many characters and bytes the headers and the body are. */
    public int size() {
        int size = body.length;
        for (SipHeaders.Header line : headers.lines()) {
            size += line.name().length() + line.value().length() + 4;
        }
        return size;
    }

    /** Sets the body and its type. */
    public void body(String contentType, byte[] content) {
        headers.set(HeaderName.CONTENT_TYPE, contentType);
        body = content;
    }

    /** Sets the body without touching the headers. */
    void rawBody(byte[] content) {
        body = content;
    }

    /** The type of the body in lower case and without parameters, empty if none is given. */
    public String contentType() {
        String value = header(HeaderName.CONTENT_TYPE);
        if (value == null) {
            return "";
        }
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** The Call-ID. */
    public String callId() {
        return require(HeaderName.CALL_ID).strip();
    }

    /** The sequence number and method. */
    public CSeq cseq() {
        return CSeq.parse(require(HeaderName.CSEQ));
    }

    /** Who made the request. */
    public NameAddress from() {
        return NameAddress.parse(require(HeaderName.FROM));
    }

    /** Whom the request is for. */
    public NameAddress to() {
        return NameAddress.parse(require(HeaderName.TO));
    }

    /** The From tag, empty if there is none (RFC 2543). */
    public String fromTag() {
        String tag = from().tag();
        return tag == null ? "" : tag;
    }

    /** The To tag, empty if there is none. */
    public String toTag() {
        String tag = to().tag();
        return tag == null ? "" : tag;
    }

    /** The topmost Via. */
    public Via topVia() {
        return Via.parse(Via.firstOf(require(HeaderName.VIA)));
    }

    /** Replaces the topmost Via. */
    public void topVia(Via via) {
        List<String> lines = headers.all(HeaderName.VIA);
        headers.remove(HeaderName.VIA);
        StringBuilder top = new StringBuilder(via.toString());
        for (String other : Via.restOf(lines.getFirst())) {
            top.append(", ").append(other);
        }
        for (int i = lines.size() - 1; i > 0; i--) {
            headers.addFirst(HeaderName.VIA, lines.get(i));
        }
        headers.addFirst(HeaderName.VIA, top.toString());
    }

    /** The first Contact, null if there is none or it is a star. */
    public @Nullable NameAddress contact() {
        List<String> values = headers.list(HeaderName.CONTACT);
        return values.isEmpty() || values.getFirst().equals("*") ? null : NameAddress.parse(values.getFirst());
    }

    /** The addresses of a header such as Route, Record-Route or P-Asserted-Identity, in order. */
    public List<NameAddress> addresses(String name) {
        return NameAddress.parseList(headers.list(name));
    }

    private String require(String name) {
        String value = headers.first(name);
        if (value == null) {
            throw new SipParseException("no " + name);
        }
        return value;
    }

    /** The whole message as it goes out; Content-Length is set here. */
    public byte[] toBytes() {
        return SipWriter.write(this);
    }

    @Override
    public String toString() {
        return startLine();
    }
}
