package dev.trunkline.telephony.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters of a header or URI, in their order. Names are compared without case and kept in
 * lower case; a parameter without {@code =} has the empty value. Immutable.
 */
public final class Parameters {

    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Parses {@code ;a=b;c}; white space around the separators is allowed.
     *
     * @param text starts with {@code ;} or is blank
     * @throws SipParseException if a name is missing or none, or the text does not start with a semicolon
     */
    public static Parameters parse(String text) {
        String rest = text.strip();
        if (rest.isEmpty()) {
            return NONE;
        }
        if (rest.charAt(0) != ';') {
            throw new SipParseException("parameters must start with a semicolon: " + SipText.excerpt(rest));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : SipText.split(rest.substring(1), ';')) {
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!SipText.isParameterName(name)) {
                throw new SipParseException("bad parameter: " + SipText.excerpt(part));
            }
            String value = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (values.putIfAbsent(name, value) != null) {
                throw new SipParseException("parameter twice: " + SipText.excerpt(name));
            }
        }
        return new Parameters(Collections.unmodifiableMap(values));
    }

    /** True if the parameter is there, with or without a value. */
    public boolean has(String name) {
        return values.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** The value without surrounding quotes, empty for a parameter without one, null if the parameter is not there. */
    public @Nullable String get(String name) {
        String value = values.get(name.toLowerCase(Locale.ROOT));
        return value == null ? null : SipText.unquote(value);
    }

    /** The same parameters and this one; an older value of that name is replaced. */
    public Parameters with(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.put(name.toLowerCase(Locale.ROOT), value);
        return new Parameters(Collections.unmodifiableMap(copy));
    }

    /** The same parameters but this one. */
    public Parameters without(String name) {
        if (!has(name)) {
            return this;
        }
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return copy.isEmpty() ? NONE : new Parameters(Collections.unmodifiableMap(copy));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** As on the wire, each parameter behind its semicolon. */
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            text.append(';').append(name);
            if (!value.isEmpty()) {
                text.append('=').append(value);
            }
        });
        return text.toString();
    }
}
