package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.Parameters;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParseException;

/**
 * Why a call ends, as the Reason header carries it (RFC 3326).
 *
 * @param protocol {@code SIP}, {@code Q.850} or another, empty if none was given
 * @param code in that protocol, 0 if none was given
 * @param text for people, possibly empty
 */
public record CallCause(String protocol, int code, String text) {

    /** Nothing given: an ordinary end. */
    public static final CallCause NORMAL = new CallCause("", 0, "");

    /** A cause in SIP's own codes. */
    public static CallCause sip(int code, String text) {
        return new CallCause("SIP", code, text);
    }

    /** A cause of ISDN, which PBXs and trunks speak among themselves: 16 is an ordinary end. */
    public static CallCause q850(int code, String text) {
        return new CallCause("Q.850", code, text);
    }

    /** What a message says; the first value counts, an unreadable one counts as none. */
    static CallCause of(SipMessage message) {
        try {
            for (String value : message.headers().list(HeaderName.REASON)) {
                int semicolon = value.indexOf(';');
                String protocol = semicolon < 0 ? value : value.substring(0, semicolon);
                Parameters parameters = semicolon < 0 ? Parameters.NONE : Parameters.parse(value.substring(semicolon));
                String code = parameters.get("cause");
                String text = parameters.get("text");
                boolean numeric = code != null && code.matches("\\d{1,4}");
                return new CallCause(
                        protocol.strip(),
                        numeric && code != null ? Integer.parseInt(code) : 0,
                        text == null ? "" : text);
            }
        } catch (SipParseException e) {
            return NORMAL;
        }
        return NORMAL;
    }

    void writeTo(SipMessage message) {
        if (protocol.isEmpty()) {
            return;
        }
        StringBuilder value = new StringBuilder(protocol).append(";cause=").append(code);
        if (!text.isEmpty()) {
            value.append(";text=\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        message.headers().add(HeaderName.REASON, value.toString());
    }
}
