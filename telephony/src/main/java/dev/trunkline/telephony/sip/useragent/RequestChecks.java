package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.transaction.ServerTransaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every request has to pass before it is looked at (RFC 3261, 8.2.1 to 8.2.3), in the order given there. */
final class RequestChecks {

    private static final Set<String> KNOWN = Set.of(
            SipMethod.INVITE,
            SipMethod.BYE,
            SipMethod.CANCEL,
            SipMethod.OPTIONS,
            SipMethod.INFO,
            SipMethod.UPDATE,
            SipMethod.PRACK,
            SipMethod.REFER,
            SipMethod.NOTIFY);

    /** The refusal, null if the request may pass. */
    @Nullable
    SipResponse refusal(ServerTransaction transaction, String tag) {
        SipRequest request = transaction.request();
        if (!KNOWN.contains(request.method())) {
            SipResponse refusal = refuse(request, 405, "", tag);
            refusal.headers().add(HeaderName.ALLOW, UserAgent.ALLOW);
            return refusal;
        }
        if (!request.uri().isSip() && !request.uri().scheme().equals("tel")) {
            return refuse(request, 416, "", tag);
        }
        if (transaction.isMerged()) {
            return refuse(request, 482, "Loop Detected: merged request", tag);
        }
        List<String> required = Extensions.unknown(request.headers().list(HeaderName.REQUIRE));
        if (!required.isEmpty()) {
            SipResponse refusal = refuse(request, 420, "", tag);
            refusal.headers().add(HeaderName.UNSUPPORTED, String.join(", ", required));
            return refusal;
        }
        // A bridge of two calls is a loop's best friend: RFC 7332 has such an endpoint count hops as a proxy does.
        String hops = request.header(HeaderName.MAX_FORWARDS);
        if (request.is(SipMethod.INVITE) && request.toTag().isEmpty() && hops != null && hops.matches("0+")) {
            return refuse(request, 483, "", tag);
        }
        SipResponse refusal = bodyRefusal(request, tag);
        if (refusal != null) {
            return refusal;
        }
        if (request.is(SipMethod.INVITE) && !takesDescriptions(request)) {
            return refuse(request, 406, "", tag);
        }
        if (request.is(SipMethod.INVITE) && !request.headers().has(HeaderName.CONTACT)) {
            return refuse(request, 400, "Bad Request: no Contact", tag);
        }
        return null;
    }

    /** What does not say what it takes takes session descriptions (RFC 3261, 20.1); all that we could answer is one. */
    private static boolean takesDescriptions(SipRequest request) {
        if (!request.headers().has(HeaderName.ACCEPT)) {
            return true;
        }
        return request.headers().list(HeaderName.ACCEPT).stream()
                .map(range -> range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .anyMatch(range ->
                        range.equals(Sdp.CONTENT_TYPE) || range.equals("application/*") || range.equals("*/*"));
    }

    /** For the log: the response's phrase and what in the request it is about. */
    static String reason(SipRequest request, SipResponse refusal) {
        String about = switch (refusal.status()) {
            case 415 -> ": " + request.contentType();
            case 416 -> ": " + request.uri().scheme();
            case 420 ->
                ": " + String.join(", ", Extensions.unknown(request.headers().list(HeaderName.REQUIRE)));
            default -> "";
        };
        return refusal.reason() + about;
    }

    private static @Nullable SipResponse bodyRefusal(SipRequest request, String tag) {
        if (!request.hasBody()) {
            return null;
        }
        String encoding = request.header(HeaderName.CONTENT_ENCODING);
        boolean encoded = encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
        String type = request.contentType();
        boolean understood = switch (request.method()) {
            case SipMethod.INVITE, SipMethod.UPDATE, SipMethod.PRACK -> type.equals(Sdp.CONTENT_TYPE);
            case SipMethod.INFO -> InfoDigits.isKnown(type);
            default -> true;
        };
        if (understood && !encoded) {
            return null;
        }
        SipResponse refusal = refuse(request, 415, "", tag);
        refusal.headers().add(HeaderName.ACCEPT, UserAgent.ACCEPT);
        if (encoded) {
            refusal.headers().add("Accept-Encoding", "identity");
        }
        return refusal;
    }

    private static SipResponse refuse(SipRequest request, int status, String reason, String tag) {
        return SipResponse.to(request, status, reason.isEmpty() ? ReasonPhrase.of(status) : reason, tag);
    }
}
