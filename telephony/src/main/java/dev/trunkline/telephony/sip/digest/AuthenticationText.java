package dev.trunkline.telephony.sip.digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of WWW-Authenticate, Authorization and their like: a scheme and parameters, quoted or not, with any white
 * space; several schemes may share a line (RFC 9110, 11.6.1). What is broken is left out.
 */
record AuthenticationText(String scheme, Map<String, String> parameters) {

    static List<AuthenticationText> parse(List<String> values) {
        List<AuthenticationText> found = new ArrayList<>();
        for (String value : values) {
            new Reader(value).readInto(found);
        }
        return found;
    }

    boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' ? ' ' : c);
        }
        return quoted.append('"').toString();
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<AuthenticationText> found) {
            Map<String, String> parameters = null;
            while (true) {
                skip(" \t,");
                if (at >= text.length()) {
                    return;
                }
                String word = until(" \t,=\"");
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    skip(" \t");
                    String value = value();
                    if (parameters != null) {
                        parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
                    }
                } else if (word.isEmpty()) {
                    // A stray quote: nothing that follows can be trusted to be where it seems.
                    return;
                } else {
                    parameters = new LinkedHashMap<>();
                    found.add(new AuthenticationText(word, parameters));
                }
            }
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return until(",").strip();
            }
            StringBuilder plain = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                plain.append(text.charAt(at));
            }
            at++;
            return plain.toString();
        }

        private String until(String stops) {
            int start = at;
            while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
