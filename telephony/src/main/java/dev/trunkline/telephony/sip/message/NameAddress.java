package dev.trunkline.telephony.sip.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A URI with an optional display name and header parameters: the value of From, To, Contact, Route, Record-Route,
 * Refer-To, P-Asserted-Identity. Immutable.
 *
 * @param displayName in plain text, empty if there is none
 * @param uri the address
 * @param parameters of the header, not of the URI
 */
public record NameAddress(String displayName, SipUri uri, Parameters parameters) {

    /** Without display name and parameters. */
    public static NameAddress of(SipUri uri) {
        return new NameAddress("", uri, Parameters.NONE);
    }

    /**
     * Parses one value. Without angle brackets what follows the first semicolon belongs to the header (RFC 3261, 20).
     *
     * @throws SipParseException if it breaks the grammar
     */
    public static NameAddress parse(String text) {
        String trimmed = text.strip();
        int open = openingBracket(trimmed);
        if (open < 0) {
            int semicolon = trimmed.indexOf(';');
            String uri = semicolon < 0 ? trimmed : trimmed.substring(0, semicolon);
            if (uri.indexOf('?') >= 0 || uri.indexOf(',') >= 0) {
                throw new SipParseException("address needs angle brackets: " + SipText.excerpt(trimmed));
            }
            String parameters = semicolon < 0 ? "" : trimmed.substring(semicolon);
            return new NameAddress("", SipUri.parse(uri), Parameters.parse(parameters));
        }
        int close = trimmed.indexOf('>', open);
        if (close < 0) {
            throw new SipParseException("angle bracket not closed: " + SipText.excerpt(trimmed));
        }
        String name = trimmed.substring(0, open).strip();
        checkDisplayName(name);
        return new NameAddress(
                SipText.unquote(name),
                SipUri.parse(trimmed.substring(open + 1, close)),
                Parameters.parse(trimmed.substring(close + 1)));
    }

    /**
     * Parses a comma-separated list of values.
     *
     * @throws SipParseException if one breaks the grammar
     */
    public static List<NameAddress> parseList(List<String> headerValues) {
        List<NameAddress> addresses = new ArrayList<>(headerValues.size());
        for (String value : headerValues) {
            for (String part : SipText.split(value, ',')) {
                addresses.add(parse(part));
            }
        }
        return addresses;
    }

    private static int openingBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        if (quoted) {
            throw new SipParseException("quote not closed: " + SipText.excerpt(text));
        }
        return -1;
    }

    private static void checkDisplayName(String name) {
        if (name.startsWith("\"")) {
            if (name.length() < 2 || !name.endsWith("\"")) {
                throw new SipParseException("bad display name: " + SipText.excerpt(name));
            }
            return;
        }
        // The grammar wants tokens; letters beyond ASCII and stray marks are common in the field and do no harm.
        if (name.indexOf('"') >= 0 || name.indexOf('>') >= 0 || name.indexOf(',') >= 0) {
            throw new SipParseException("bad display name: " + SipText.excerpt(name));
        }
    }

    /** The tag parameter, null if there is none. */
    public @Nullable String tag() {
        return parameters.get("tag");
    }

    /** The same address with this tag. */
    public NameAddress withTag(String tag) {
        return new NameAddress(displayName, uri, parameters.with("tag", tag));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(80);
        if (!displayName.isEmpty()) {
            text.append(SipText.quote(displayName)).append(' ');
        }
        return text.append('<').append(uri).append('>').append(parameters).toString();
    }
}
