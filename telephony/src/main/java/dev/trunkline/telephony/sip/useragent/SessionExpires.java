package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.Parameters;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of Session-Expires (RFC 4028, 4).
 *
 * @param seconds the session interval
 * @param refresher who refreshes, named by the roles in this one exchange; null if left to the other side
 */
record SessionExpires(long seconds, @Nullable Refresher refresher) {

    /** Who refreshes. */
    enum Refresher {
        /** Who sends the request. */
        UAC,
        /** Who answers it. */
        UAS
    }

    /** What a message says, null if it says nothing (or nothing readable). */
    static @Nullable SessionExpires of(SipMessage message) {
        String value = message.header(HeaderName.SESSION_EXPIRES);
        if (value == null) {
            return null;
        }
        int semicolon = value.indexOf(';');
        long seconds = seconds(semicolon < 0 ? value : value.substring(0, semicolon));
        if (seconds <= 0) {
            return null;
        }
        try {
            Parameters parameters = Parameters.parse(semicolon < 0 ? "" : value.substring(semicolon));
            String role = parameters.get("refresher");
            return new SessionExpires(
                    seconds,
                    role == null
                            ? null
                            : switch (role.toLowerCase(Locale.ROOT)) {
                                case "uac" -> Refresher.UAC;
                                case "uas" -> Refresher.UAS;
                                default -> null;
                            });
        } catch (SipParseException e) {
            return new SessionExpires(seconds, null);
        }
    }

    /** The seconds of Min-SE, 0 if there is none. */
    static long minimum(SipMessage message) {
        String value = message.header(HeaderName.MIN_SE);
        if (value == null) {
            return 0;
        }
        int semicolon = value.indexOf(';');
        return Math.max(0, seconds(semicolon < 0 ? value : value.substring(0, semicolon)));
    }

    private static long seconds(String text) {
        String digits = text.strip();
        return digits.matches("\\d{1,9}") ? Long.parseLong(digits) : -1;
    }

    @Override
    public String toString() {
        return refresher == null
                ? Long.toString(seconds)
                : seconds + ";refresher=" + refresher.name().toLowerCase(Locale.ROOT);
    }
}
