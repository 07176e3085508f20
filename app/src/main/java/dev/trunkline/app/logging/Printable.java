package dev.trunkline.app.logging;

/**
 * Makes text that may come from anywhere harmless for a terminal: control characters, the beginning of escape sequences among them, are
 * shown by their numbers, and so are the characters that turn the direction of writing.
 */
final class Printable {

    private Printable() {}

    /** As one line. */
    static String line(String text) {
        return shown(text, false);
    }

    /** As lines; line breaks and tabs stay. */
    static String lines(String text) {
        return shown(text, true);
    }

    private static String shown(String text, boolean breaksStay) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '\n' && breaksStay) {
                shown.append(c);
            } else if (c == '\n') {
                shown.append("\\n");
            } else if (Character.isISOControl(c) || turnsDirection(c)) {
                if (c != '\r') {
                    shown.append(String.format("\\u%04x", (int) c));
                }
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    private static boolean turnsDirection(char c) {
        return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
    }
}
