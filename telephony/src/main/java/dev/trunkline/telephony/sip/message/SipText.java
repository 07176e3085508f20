package dev.trunkline.telephony.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The grammar's small parts: tokens, quoted strings, splitting at separators, escapes. */
final class SipText {

    private static final String TOKEN_MARKS = "-.!%*_+`'~";
    private static final String USER_MARKS = "-_.!~*'()&=+$,;?/%:#[]";

    private SipText() {}

    static boolean isToken(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A token, or what else the name of a URI parameter may hold. */
    static boolean isParameterName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && TOKEN_MARKS.indexOf(c) < 0 && "()[]/:&$".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** The text between quotes with its escapes undone; other text as it is. */
    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) {
                i++;
                c = text.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
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

    /**
     * Splits at a separator that stands neither in a quoted string nor in angle brackets.
     *
     * @throws SipParseException if a quoted string or a bracket is not closed
     */
    static List<String> split(String text, char separator) {
        if (text.indexOf(separator) < 0) {
            return List.of(text.strip());
        }
        List<String> parts = new ArrayList<>(4);
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == separator && !bracketed) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (quoted || bracketed) {
            throw new SipParseException("quote or bracket not closed: " + excerpt(text));
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** Undoes {@code %41}; bytes are UTF-8. A per cent sign without two hexadecimal digits stays. */
    static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%'
                    && i + 2 < in.length
                    && HexFormat.isHexDigit(in[i + 1])
                    && HexFormat.isHexDigit(in[i + 2])) {
                out[length++] = (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes what may not stand in the user part of a URI as {@code %41}. */
    static String escapeUser(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isAlphanumeric(c) || "-_.!~*'()&=+$,;?/".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    /** Writes what may not stand in a header of a URI as {@code %41}. */
    static String escapeHeader(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isAlphanumeric(c) || "-_.!~*'()".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    static boolean isUserPart(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && USER_MARKS.indexOf(c) < 0 && c < 0x80) {
                return false;
            }
            if (c == '%'
                    && (i + 2 >= text.length()
                            || !HexFormat.isHexDigit(text.charAt(i + 1))
                            || !HexFormat.isHexDigit(text.charAt(i + 2)))) {
                return false;
            }
        }
        return true;
    }

    /** At most 60 characters, controls made visible: fit for a log line or a reason phrase. */
    static String excerpt(String text) {
        StringBuilder shown = new StringBuilder(64);
        for (int i = 0; i < text.length() && i < 60; i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c == 0x7F ? '?' : c);
        }
        return text.length() > 60 ? shown.append("...").toString() : shown.toString();
    }

    /**
     * A number in decimal digits.
     *
     * @throws SipParseException if it is not one or above the limit
     */
    static long number(String text, long limit, String what) {
        String digits = text.strip();
        if (digits.isEmpty() || digits.length() > 18) {
            throw new SipParseException(what + " is not a number: " + excerpt(digits));
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw new SipParseException(what + " is not a number: " + excerpt(digits));
            }
            value = value * 10 + (c - '0');
        }
        if (value > limit) {
            throw new SipParseException(what + " is too large: " + digits);
        }
        return value;
    }
}
