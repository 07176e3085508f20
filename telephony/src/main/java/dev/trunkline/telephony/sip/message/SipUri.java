package dev.trunkline.telephony.sip.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URI as SIP uses it: {@code sip}, {@code sips} and {@code tel} are taken apart, any other scheme keeps its text in
 * {@code user}. Immutable.
 *
 * @param scheme in lower case
 * @param user the user part (or the telephone number) still escaped, empty if there is none; a password stays in it
 * @param address host and port; null for schemes without a host
 * @param parameters URI parameters such as {@code lr} and {@code transport}
 * @param headers what follows the question mark, still escaped, empty if there is none
 */
public record SipUri(String scheme, String user, @Nullable HostPort address, Parameters parameters, String headers) {

    private static final int MAX_LENGTH = 4_096;

    /** A {@code sip} URI of a user (in plain text, escaped here) at a host. */
    public static SipUri of(String user, HostPort address) {
        return new SipUri("sip", SipText.escapeUser(user), address, Parameters.NONE, "");
    }

    /**
     * Parses a URI without angle brackets.
     *
     * @throws SipParseException if the scheme is missing or a sip URI has no proper host
     */
    public static SipUri parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        if (colon <= 0 || trimmed.length() > MAX_LENGTH) {
            throw new SipParseException("not a URI: " + SipText.excerpt(trimmed));
        }
        String scheme = trimmed.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!isScheme(scheme)) {
            throw new SipParseException("not a URI: " + SipText.excerpt(trimmed));
        }
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7F) {
                throw new SipParseException("character that a URI may not have: " + SipText.excerpt(trimmed));
            }
        }
        String rest = trimmed.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> parseSip(scheme, rest);
            case "tel" -> parseTel(rest);
            default -> new SipUri(scheme, rest, null, Parameters.NONE, "");
        };
    }

    private static SipUri parseSip(String scheme, String rest) {
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        if (at == 0 || !SipText.isUserPart(user)) {
            throw new SipParseException("bad user part: " + SipText.excerpt(rest));
        }
        String place = rest.substring(at + 1);
        int question = place.indexOf('?');
        String headers = question < 0 ? "" : place.substring(question + 1);
        place = question < 0 ? place : place.substring(0, question);
        int semicolon = place.indexOf(';');
        Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(place.substring(semicolon));
        HostPort address = HostPort.parse(semicolon < 0 ? place : place.substring(0, semicolon));
        return new SipUri(scheme, user, address, parameters, headers);
    }

    private static SipUri parseTel(String rest) {
        int semicolon = rest.indexOf(';');
        String number = semicolon < 0 ? rest : rest.substring(0, semicolon);
        if (number.isEmpty()) {
            throw new SipParseException("tel URI without a number");
        }
        Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(rest.substring(semicolon));
        return new SipUri("tel", number, null, parameters, "");
    }

    private static boolean isScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!SipText.isAlphanumeric(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return Character.isLetter(text.charAt(0));
    }

    /** True for {@code sip} and {@code sips}. */
    public boolean isSip() {
        return scheme.equals("sip") || scheme.equals("sips");
    }

    /** The user part (or telephone number) with escapes undone and without a password. */
    public String userName() {
        String plain = user;
        int colon = isSip() ? plain.indexOf(':') : -1;
        return SipText.unescape(colon < 0 ? plain : plain.substring(0, colon));
    }

    /** The host, without brackets; empty for schemes without one. */
    public String host() {
        return address == null ? "" : address.bareHost();
    }

    /** True if the URI is a loose router (RFC 3261, 19.1.1). */
    public boolean isLooseRouter() {
        return parameters.has("lr");
    }

    /** The URI as a Request-URI may carry it: without headers and without {@code method} (RFC 3261, 12.2.1.1). */
    public SipUri asRequestUri() {
        return new SipUri(scheme, user, address, parameters.without("method"), "");
    }

    /** The same URI with this parameter. */
    public SipUri withParameter(String name, String value) {
        return new SipUri(scheme, user, address, parameters.with(name, value), headers);
    }

    /** The URI with this header only, its value in plain text. */
    public SipUri withHeader(String name, String value) {
        return new SipUri(scheme, user, address, parameters, name + "=" + SipText.escapeHeader(value));
    }

    /** The value of one of the URI's headers with escapes undone, null if there is none of that name. */
    public @Nullable String uriHeader(String name) {
        for (String part : headers.split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0 && SipText.unescape(part.substring(0, equals)).equalsIgnoreCase(name)) {
                return SipText.unescape(part.substring(equals + 1));
            }
        }
        return null;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64).append(scheme).append(':').append(user);
        if (address != null) {
            if (!user.isEmpty()) {
                text.append('@');
            }
            text.append(address);
        }
        text.append(parameters);
        if (!headers.isEmpty()) {
            text.append('?').append(headers);
        }
        return text.toString();
    }
}
