package dev.trunkline.telephony.opensips;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a SIP message as OpenSIPS passes them on: as they came. Of each name the first value counts. Immutable. */
final class MessageHeaders {

    private static final Map<String, String> SHORT =
            Map.of("f", "from", "t", "to", "i", "call-id", "c", "content-type", "m", "contact");

    private final Map<String, String> values;

    private MessageHeaders(Map<String, String> values) {
        this.values = values;
    }

    /** Reads over what is no header. */
    static MessageHeaders parse(String text) {
        Map<String, String> values = new HashMap<>();
        String name = null;
        for (String line : text.split("\r?\n")) {
            if (!line.isEmpty() && Character.isWhitespace(line.charAt(0))) {
                // folded
                String folded = line.strip();
                if (name != null) {
                    values.computeIfPresent(name, (key, value) -> value + " " + folded);
                }
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                name = null;
                continue;
            }
            String lower = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String full = SHORT.getOrDefault(lower, lower);
            name = values.putIfAbsent(full, line.substring(colon + 1).strip()) == null ? full : null;
        }
        return new MessageHeaders(values);
    }

    /** The value, null if there is none. */
    @Nullable
    String get(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    /** The value without its parameters, in lower case; empty if there is none. */
    String contentType() {
        String value = values.getOrDefault("content-type", "");
        int semicolon = value.indexOf(';');
        return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
