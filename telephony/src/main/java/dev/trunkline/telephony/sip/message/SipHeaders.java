package dev.trunkline.telephony.sip.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one message in their order. Names are compared without case, compact names count as their long form.
 * Not thread-safe: a message belongs to the thread that made or received it.
 */
public final class SipHeaders {

    /**
     * One header line.
     *
     * @param name in its usual spelling
     * @param value unfolded, without surrounding white space
     */
    public record Header(String name, String value) {}

    private final List<Header> lines;

    /** No headers yet. */
    public SipHeaders() {
        this.lines = new ArrayList<>(16);
    }

    /** Appends a line. */
    public SipHeaders add(String name, String value) {
        lines.add(new Header(HeaderName.canonical(name), singleLine(value)));
        return this;
    }

    /** Puts a line before all others. */
    public SipHeaders addFirst(String name, String value) {
        lines.addFirst(new Header(HeaderName.canonical(name), singleLine(value)));
        return this;
    }

    /** Replaces all lines of that name by one, at the place of the first. */
    public SipHeaders set(String name, String value) {
        int at = indexOf(name);
        if (at < 0) {
            return add(name, value);
        }
        lines.set(at, new Header(HeaderName.canonical(name), singleLine(value)));
        for (int i = lines.size() - 1; i > at; i--) {
            if (lines.get(i).name().equalsIgnoreCase(HeaderName.canonical(name))) {
                lines.remove(i);
            }
        }
        return this;
    }

    /** Drops all lines of that name. */
    public SipHeaders remove(String name) {
        String canonical = HeaderName.canonical(name);
        lines.removeIf(line -> line.name().equalsIgnoreCase(canonical));
        return this;
    }

    /** The first value of that name, null if there is none. */
    public @Nullable String first(String name) {
        int at = indexOf(name);
        return at < 0 ? null : lines.get(at).value();
    }

    /** Every line's value of that name, in order; commas inside are left alone. */
    public List<String> all(String name) {
        String canonical = HeaderName.canonical(name);
        List<String> values = new ArrayList<>(2);
        for (Header line : lines) {
            if (line.name().equalsIgnoreCase(canonical)) {
                values.add(line.value());
            }
        }
        return values;
    }

    /**
     * Every value of a header whose values may be joined by commas, such as Require or Allow; empty ones are left out.
     *
     * @throws SipParseException if a quoted string is not closed
     */
    public List<String> list(String name) {
        List<String> values = new ArrayList<>(4);
        for (String line : all(name)) {
            for (String part : SipText.split(line, ',')) {
                if (!part.isEmpty()) {
                    values.add(part);
                }
            }
        }
        return values;
    }

    /** True if there is a line of that name. */
    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** How many lines of that name there are. */
    public int count(String name) {
        String canonical = HeaderName.canonical(name);
        int count = 0;
        for (Header line : lines) {
            if (line.name().equalsIgnoreCase(canonical)) {
                count++;
            }
        }
        return count;
    }

    /** All lines, in order; a view that must not be kept. */
    public List<Header> lines() {
        return Collections.unmodifiableList(lines);
    }

    /** Copies the lines that the test lets through. */
    public SipHeaders copyFrom(SipHeaders other, Predicate<Header> wanted) {
        for (Header line : other.lines) {
            if (wanted.test(line)) {
                lines.add(line);
            }
        }
        return this;
    }

    private int indexOf(String name) {
        String canonical = HeaderName.canonical(name);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).name().equalsIgnoreCase(canonical)) {
                return i;
            }
        }
        return -1;
    }

    /** A value from outside must never smuggle in a line of its own. */
    private static String singleLine(String value) {
        if (value.indexOf('\r') < 0 && value.indexOf('\n') < 0) {
            return value;
        }
        return value.replace('\r', ' ').replace('\n', ' ');
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(lines.size() * 40);
        for (Header line : lines) {
            text.append(line.name()).append(": ").append(line.value()).append("\r\n");
        }
        return text.toString();
    }
}
