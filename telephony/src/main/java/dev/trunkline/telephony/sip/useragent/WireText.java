package dev.trunkline.telephony.sip.useragent;

/** Makes what came from the wire fit for one line of a log. */
final class WireText {

    private static final int LONGEST = 80;

    private WireText() {}

    /** In quotes, on one line, printable ASCII with everything else escaped, cut off after 80 characters. */
    static String quoted(String text) {
        StringBuilder safe = new StringBuilder(LONGEST + 8).append('"');
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                safe.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F) {
                safe.append(c);
            } else {
                safe.append(String.format("\\u%04x", (int) c));
            }
        }
        return safe.append(text.length() > LONGEST ? "\"..." : "\"").toString();
    }
}
