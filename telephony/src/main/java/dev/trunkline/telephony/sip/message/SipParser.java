package dev.trunkline.telephony.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses whole messages (RFC 3261, sections 7 and 25): compact names, folded lines, bare line feeds, quoted strings and
 * several values in a line are taken; what breaks the grammar in a mandatory header is refused. Stateless.
 *
 * <p>Limits: 65,535 bytes a message, {@value #MAX_HEADERS} header lines, {@value #MAX_LINE} bytes a logical line.
 */
public final class SipParser {

    /** Header lines in one message. */
    public static final int MAX_HEADERS = 200;

    /** Bytes of the start line or one unfolded header line. */
    public static final int MAX_LINE = 16_384;

    private static final int MAX_MESSAGE = 65_535;
    private static final int MAX_VIAS = 70;

    private static final Set<String> SINGLE = Set.of(
            HeaderName.FROM,
            HeaderName.TO,
            HeaderName.CALL_ID,
            HeaderName.CSEQ,
            HeaderName.MAX_FORWARDS,
            HeaderName.CONTENT_LENGTH,
            HeaderName.CONTENT_TYPE);

    private final byte[] data;
    private final int end;
    private int position;

    private SipParser(byte[] data, int offset, int length) {
        this.data = data;
        this.position = offset;
        this.end = offset + length;
    }

    /** True if the bytes are a keep-alive: nothing but line ends and zeros. */
    public static boolean isKeepAlive(byte[] data, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (data[i] != '\r' && data[i] != '\n' && data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Parses one datagram. A body longer than Content-Length is cut, a shorter one is refused, without Content-Length
     * the body is the rest (RFC 3261, 18.3).
     *
     * @throws MalformedMessageException with the answer to give, if one can be given
     */
    public static SipMessage parseDatagram(byte[] data, int offset, int length) throws MalformedMessageException {
        if (length > MAX_MESSAGE) {
            throw new MalformedMessageException("size", "message of " + length + " bytes", null);
        }
        return new SipParser(data, offset, length).parse();
    }

    /**
     * The refusal of a message of which only the beginning is there or of use.
     *
     * @param kind for counters
     */
    public static MalformedMessageException refused(byte[] begun, String kind, int status, String fault) {
        SipParser parser = new SipParser(begun, 0, begun.length);
        SipHeaders headers = new SipHeaders();
        SipResponse answer = null;
        try {
            parser.skipEmptyLines();
            String start = parser.startLine();
            int space = start.indexOf(' ');
            String method = space < 0 ? "" : start.substring(0, space);
            if (SipText.isToken(method) && !start.regionMatches(true, 0, "SIP/", 0, 4)) {
                SipRequest request = new SipRequest(method, SipUri.of("", new HostPort("invalid", -1)), headers);
                try {
                    parser.readHeaders(headers);
                } catch (SipParseException e) {
                    // What has been read may be enough for an answer.
                }
                answer = refusal(request, status, fault);
            }
        } catch (SipParseException e) {
            answer = null;
        }
        return new MalformedMessageException(kind, fault, answer);
    }

    private SipMessage parse() throws MalformedMessageException {
        skipEmptyLines();
        String start;
        try {
            start = startLine();
        } catch (SipParseException e) {
            throw new MalformedMessageException("start-line", message(e), null);
        }
        SipHeaders headers = new SipHeaders();
        if (start.regionMatches(true, 0, "SIP/", 0, 4)) {
            return parseResponse(start, headers);
        }
        return parseRequest(start, headers);
    }

    private SipResponse parseResponse(String start, SipHeaders headers) throws MalformedMessageException {
        try {
            int space = start.indexOf(' ');
            if (space < 0 || !start.substring(0, space).equalsIgnoreCase("SIP/2.0")) {
                throw new SipParseException("bad status line: " + SipText.excerpt(start));
            }
            String rest = start.substring(space + 1);
            int second = rest.indexOf(' ');
            String code = second < 0 ? rest : rest.substring(0, second);
            int status = (int) SipText.number(code, 699, "status");
            if (code.length() != 3 || status < 100) {
                throw new SipParseException("bad status: " + SipText.excerpt(code));
            }
            readHeaders(headers);
            SipResponse response = new SipResponse(status, second < 0 ? "" : rest.substring(second + 1), headers);
            check(response);
            if (!response.topVia().branch().isEmpty()) {
                response.rawBody(readBody(headers));
            } else {
                throw new SipParseException("response without a branch");
            }
            return response;
        } catch (SipParseException e) {
            throw new MalformedMessageException("response", message(e), null);
        }
    }

    private SipRequest parseRequest(String start, SipHeaders headers) throws MalformedMessageException {
        @Nullable SipParseException lineFault = null;
        int first = start.indexOf(' ');
        int last = start.lastIndexOf(' ');
        String method = first < 0 ? "" : start.substring(0, first);
        if (!SipText.isToken(method)) {
            throw new MalformedMessageException("start-line", "no SIP: " + SipText.excerpt(start), null);
        }
        int refusal = 400;
        SipUri uri = null;
        try {
            if (first == last) {
                throw new SipParseException("bad request line: " + SipText.excerpt(start));
            }
            String version = start.substring(last + 1);
            if (!version.equalsIgnoreCase("SIP/2.0")) {
                if (version.toUpperCase(Locale.ROOT).matches("SIP/\\d+\\.\\d+")) {
                    refusal = 505;
                    throw new SipParseException("version " + SipText.excerpt(version));
                }
                throw new SipParseException("bad request line: " + SipText.excerpt(start));
            }
            uri = SipUri.parse(checkedUri(start.substring(first + 1, last)));
        } catch (SipParseException e) {
            lineFault = e;
        }
        SipRequest request =
                new SipRequest(method, uri == null ? SipUri.of("", new HostPort("invalid", -1)) : uri, headers);
        String kind = "start-line";
        try {
            readHeaders(headers);
            if (lineFault != null) {
                throw lineFault;
            }
            kind = "header";
            check(request);
            kind = "body";
            request.rawBody(readBody(headers));
            return request;
        } catch (SipParseException e) {
            throw new MalformedMessageException(kind, message(e), refusal(request, refusal, message(e)));
        }
    }

    private static String checkedUri(String text) {
        if (text.isEmpty() || !text.equals(text.strip())) {
            throw new SipParseException("white space around the Request-URI");
        }
        return text;
    }

    private static String message(SipParseException e) {
        String message = e.getMessage();
        return message == null ? "malformed" : message;
    }

    /** An answer needs a Via to go back by and what identifies the request; an ACK is never answered. */
    private static @Nullable SipResponse refusal(SipRequest request, int status, String fault) {
        if (request.is(SipMethod.ACK)) {
            return null;
        }
        SipHeaders headers = request.headers();
        if (!headers.has(HeaderName.FROM)
                || !headers.has(HeaderName.TO)
                || !headers.has(HeaderName.CALL_ID)
                || !headers.has(HeaderName.CSEQ)
                || !headers.has(HeaderName.VIA)) {
            return null;
        }
        try {
            request.topVia();
        } catch (SipParseException e) {
            return null;
        }
        return SipResponse.to(request, status, ReasonPhrase.of(status) + ": " + fault, statelessTag(request));
    }

    /** The same for each repetition, since no state is kept (RFC 3261, 8.2.7). */
    private static String statelessTag(SipRequest request) {
        return "s" + Integer.toHexString(request.callId().hashCode());
    }

    private static void check(SipMessage message) {
        SipHeaders headers = message.headers();
        for (String name : SINGLE) {
            if (headers.count(name) > 1) {
                throw new SipParseException("more than one " + name);
            }
        }
        if (headers.count(HeaderName.VIA) > MAX_VIAS) {
            throw new SipParseException("too many Vias");
        }
        message.topVia();
        message.from();
        message.to();
        if (message.callId().isEmpty() || message.callId().length() > 512) {
            throw new SipParseException("bad Call-ID");
        }
        CSeq cseq = message.cseq();
        if (message instanceof SipRequest request && !request.is(cseq.method())) {
            throw new SipParseException("CSeq of another method: " + SipText.excerpt(cseq.method()));
        }
        String hops = message.header(HeaderName.MAX_FORWARDS);
        if (hops != null) {
            SipText.number(hops, 255, HeaderName.MAX_FORWARDS);
        }
        message.contact();
        message.addresses(HeaderName.RECORD_ROUTE);
        message.addresses(HeaderName.ROUTE);
        headers.list(HeaderName.REQUIRE);
    }

    private byte[] readBody(SipHeaders headers) {
        String given = headers.first(HeaderName.CONTENT_LENGTH);
        int rest = end - position;
        int length = given == null ? rest : (int) SipText.number(given, Integer.MAX_VALUE, HeaderName.CONTENT_LENGTH);
        if (length > rest) {
            throw new SipParseException("body is shorter than Content-Length " + given);
        }
        return Arrays.copyOfRange(data, position, position + length);
    }

    private void readHeaders(SipHeaders headers) {
        int count = 0;
        @Nullable SipParseException fault = null;
        while (true) {
            if (position >= end) {
                // An unfinished head is refused, but by a peer that can be told.
                fault = fault == null ? new SipParseException("message ends in the headers") : fault;
                break;
            }
            String line = nextLine();
            if (line.isEmpty()) {
                break;
            }
            if (++count > MAX_HEADERS) {
                throw new SipParseException("more than " + MAX_HEADERS + " headers");
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!SipText.isToken(name)) {
                // Read on: the headers behind it may be what an answer needs.
                fault = fault == null ? new SipParseException("bad header line: " + SipText.excerpt(line)) : fault;
                continue;
            }
            headers.add(name, line.substring(colon + 1).strip());
        }
        if (fault != null) {
            throw fault;
        }
    }

    private void skipEmptyLines() {
        while (position < end && (data[position] == '\r' || data[position] == '\n')) {
            position++;
        }
    }

    private String startLine() {
        if (position >= end) {
            throw new SipParseException("empty");
        }
        int from = position;
        int stop = endOfLine(from);
        String line = text(from, stop);
        position = afterLineEnd(stop);
        return line;
    }

    /** One logical line: what is folded with leading white space is joined by one space. */
    private String nextLine() {
        int stop = endOfLine(position);
        String line = text(position, stop);
        position = afterLineEnd(stop);
        if (line.isEmpty()) {
            return line;
        }
        StringBuilder joined = null;
        while (position < end && (data[position] == ' ' || data[position] == '\t')) {
            joined = joined == null ? new StringBuilder(line.stripTrailing()) : joined;
            stop = endOfLine(position);
            joined.append(' ').append(text(position, stop).strip());
            position = afterLineEnd(stop);
            if (joined.length() > MAX_LINE) {
                throw new SipParseException("line longer than " + MAX_LINE);
            }
        }
        return joined == null ? line : joined.toString();
    }

    private int endOfLine(int from) {
        int i = from;
        while (i < end && data[i] != '\n') {
            i++;
        }
        return i > from && i < end && data[i - 1] == '\r' ? i - 1 : i;
    }

    private int afterLineEnd(int stop) {
        int i = stop;
        if (i < end && data[i] == '\r') {
            i++;
        }
        return i < end ? i + 1 : end;
    }

    private String text(int from, int stop) {
        if (stop - from > MAX_LINE) {
            position = end;
            throw new SipParseException("line longer than " + MAX_LINE);
        }
        return new String(data, from, stop - from, StandardCharsets.UTF_8);
    }
}
