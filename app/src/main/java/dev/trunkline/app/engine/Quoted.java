package dev.trunkline.app.engine;

/**
 * Text from outside as the value of a log line's pair: in quotation marks, with everything by its number that could end the
 * quotation, break the line or command a terminal, and no longer than a line bears.
 */
final class Quoted {

    private static final int LONGEST = 120;

    private Quoted() {}

    static String value(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int end = Math.min(text.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean harmless = c >= 0x20 && c < 0x7f || c > 0x9f && Character.isLetterOrDigit(c);
            if (harmless && c != '"' && c != '\\') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append(end < text.length() ? "..." : "").append('"').toString();
    }
}
