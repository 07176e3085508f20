package dev.trunkline.telephony.sip.useragent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Digits in INFO bodies: {@code application/dtmf-relay} and {@code application/dtmf}, as PBXs write them. */
public final class InfoDigits {

    static final String RELAY = "application/dtmf-relay";
    static final String PLAIN = "application/dtmf";

    private static final String KEYS = "0123456789*#ABCD";
    private static final Duration USUAL = Duration.ofMillis(160);

    private InfoDigits() {}

    /** Whether bodies of that type hold digits. */
    public static boolean isKnown(String contentType) {
        return contentType.equals(RELAY) || contentType.equals(PLAIN);
    }

    /** The digit of a body, null if there is none in it. */
    public static SipCallEvent.@Nullable InfoDigit parse(String contentType, String body) {
        String signal = contentType.equals(PLAIN) && body.indexOf('=') < 0 ? body : "";
        Duration duration = USUAL;
        for (String line : body.split("[\r\n]+")) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(equals + 1).strip();
            if (name.equals("signal")) {
                signal = value;
            } else if (name.equals("duration") && value.matches("\\d{1,5}")) {
                duration = Duration.ofMillis(Math.clamp(Long.parseLong(value), 40, 10_000));
            }
        }
        char digit = digit(signal.strip());
        return digit == 0 ? null : new SipCallEvent.InfoDigit(digit, duration);
    }

    private static char digit(String signal) {
        if (signal.length() == 1) {
            char key = Character.toUpperCase(signal.charAt(0));
            return KEYS.indexOf(key) >= 0 ? key : 0;
        }
        // Some peers send the event number of RFC 4733.
        if (signal.matches("1[0-5]")) {
            return KEYS.charAt(Integer.parseInt(signal));
        }
        return 0;
    }

    static boolean isDigit(char key) {
        return KEYS.indexOf(key) >= 0;
    }

    static byte[] body(char digit, Duration duration) {
        return ("Signal=" + digit + "\r\nDuration=" + duration.toMillis() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
