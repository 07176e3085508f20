package dev.trunkline.telephony.sip.message;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One Via value: a hop that the request took. Immutable.
 *
 * @param transport {@code UDP}, {@code TCP}, {@code TLS} or an extension, in upper case
 * @param sentBy where the sender wants the response
 * @param parameters {@code branch}, {@code received}, {@code rport}, {@code maddr}
 */
public record Via(String transport, HostPort sentBy, Parameters parameters) {

    /** What every RFC 3261 branch begins with. */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    /**
     * Parses one value; white space around the slashes and the colon is allowed.
     *
     * @throws SipParseException if it breaks the grammar or the protocol is not SIP/2.0
     */
    public static Via parse(String text) {
        String trimmed = text.strip();
        int first = trimmed.indexOf('/');
        int second = trimmed.indexOf('/', first + 1);
        if (first < 0 || second < 0) {
            throw new SipParseException("bad Via: " + SipText.excerpt(trimmed));
        }
        if (!trimmed.substring(0, first).strip().equalsIgnoreCase("SIP")
                || !trimmed.substring(first + 1, second).strip().equals("2.0")) {
            throw new SipParseException("Via of another protocol: " + SipText.excerpt(trimmed));
        }
        String rest = trimmed.substring(second + 1).strip();
        int space = 0;
        while (space < rest.length() && rest.charAt(space) > ' ') {
            space++;
        }
        String transport = rest.substring(0, space).toUpperCase(Locale.ROOT);
        if (!SipText.isToken(transport)) {
            throw new SipParseException("bad Via: " + SipText.excerpt(trimmed));
        }
        String place = rest.substring(space).strip();
        int semicolon = place.indexOf(';');
        Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(place.substring(semicolon));
        return new Via(transport, HostPort.parse(semicolon < 0 ? place : place.substring(0, semicolon)), parameters);
    }

    /** The first value of a Via header that may hold several. */
    static String firstOf(String headerValue) {
        return SipText.split(headerValue, ',').getFirst();
    }

    /** The values behind the first one, empty if there is one only. */
    static List<String> restOf(String headerValue) {
        List<String> all = SipText.split(headerValue, ',');
        return all.subList(1, all.size());
    }

    /** The branch, empty if there is none. */
    public String branch() {
        String branch = parameters.get("branch");
        return branch == null ? "" : branch;
    }

    /** Where the request really came from, as a receiver has noted; null if nobody has. */
    public @Nullable String received() {
        return parameters.get("received");
    }

    /** True if the sender asked for the response at its source port (RFC 3581). */
    public boolean wantsSourcePort() {
        return parameters.has("rport");
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + " " + sentBy + parameters;
    }
}
