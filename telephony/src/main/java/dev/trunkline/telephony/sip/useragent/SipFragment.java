package dev.trunkline.telephony.sip.useragent;

/** The status line in a body of {@code message/sipfrag} (RFC 3420). */
final class SipFragment {

    static final String CONTENT_TYPE = "message/sipfrag";

    private SipFragment() {}

    static String of(int status, String reason) {
        return "SIP/2.0 " + status + " " + reason + "\r\n";
    }

    /** The status, 0 if there is none. */
    static int status(String body) {
        String line = line(body);
        boolean readable = line.length() >= 11 && line.regionMatches(true, 0, "SIP/2.0 ", 0, 8);
        String digits = readable ? line.substring(8, 11) : "";
        return digits.matches("[1-6]\\d\\d") ? Integer.parseInt(digits) : 0;
    }

    /** The phrase behind the status, possibly empty. */
    static String reason(String body) {
        String line = line(body);
        return status(body) == 0 ? "" : line.substring(11).strip();
    }

    private static String line(String body) {
        String text = body.stripLeading();
        int end = text.indexOf('\n');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }
}
