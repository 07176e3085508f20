package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.SipMessage;
import dev.trunkline.telephony.sip.message.SipParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The extensions of SIP by their option tags: what we know, and what a peer says that it knows. */
final class Extensions {

    /** Reliable provisional responses (RFC 3262). */
    static final String RELIABLE = "100rel";
    /** Taking another call's place (RFC 3891). */
    static final String REPLACES = "replaces";
    /** Session timers (RFC 4028). */
    static final String TIMER = "timer";
    /** A REFER without a subscription (RFC 4488). */
    static final String NO_REFER_SUB = "norefersub";

    /** For our Supported header. */
    static final String SUPPORTED = String.join(", ", RELIABLE, REPLACES, TIMER, NO_REFER_SUB);

    private static final Set<String> KNOWN = Set.of(RELIABLE, REPLACES, TIMER, NO_REFER_SUB);

    private Extensions() {}

    /** What of that we do not know. */
    static List<String> unknown(List<String> tags) {
        return tags.stream()
                .filter(tag -> !KNOWN.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** True if the writer of the message wants it to be used. */
    static boolean requires(SipMessage message, String tag) {
        return lists(message, HeaderName.REQUIRE, tag);
    }

    /** True if the writer of the message knows it. */
    static boolean supports(SipMessage message, String tag) {
        return lists(message, HeaderName.SUPPORTED, tag) || requires(message, tag);
    }

    private static boolean lists(SipMessage message, String header, String tag) {
        try {
            return message.headers().list(header).stream().anyMatch(tag::equalsIgnoreCase);
        } catch (SipParseException e) {
            return false;
        }
    }
}
