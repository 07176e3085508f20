package dev.trunkline.telephony.sip.registration;

import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.Parameters;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.message.Via;
import dev.trunkline.telephony.sip.transport.Hop;
import dev.trunkline.telephony.sip.useragent.OutsideRequests;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the REGISTERs of one account and reads what the registrar says (RFC 3261, 10.2). All have one Call-ID and
 * rising numbers. SIP thread only.
 */
final class RegisterRequests {

    /** A parameter of our Contact that comes back with calls and that nobody can guess. */
    static final String LINE = "line";

    private final TrunkSettings settings;
    private final OutsideRequests requests;
    private final String line;
    private final String callId;
    private final String fromTag;
    private long sequence;

    RegisterRequests(TrunkSettings settings, OutsideRequests requests, String line) {
        this.settings = settings;
        this.requests = requests;
        this.line = line;
        this.callId = requests.identifiers().callId();
        this.fromTag = requests.identifiers().tag();
        this.sequence = requests.identifiers().between(1, 10_000);
    }

    /** All but Via and Contact. */
    SipRequest request(SipUri domain) {
        NameAddress account = NameAddress.of(settings.account());
        SipRequest request = new SipRequest(SipMethod.REGISTER, domain);
        request.headers().add(HeaderName.MAX_FORWARDS, "70");
        settings.route().ifPresent(proxy -> request.headers().add(HeaderName.ROUTE, "<" + proxy + ">"));
        request.headers()
                .add(HeaderName.FROM, account.withTag(fromTag).toString())
                .add(HeaderName.TO, account.toString())
                .add(HeaderName.CALL_ID, callId)
                .add(HeaderName.CSEQ, ++sequence + " " + SipMethod.REGISTER)
                .add(HeaderName.SUPPORTED, "path");
        return request;
    }

    /** Where calls shall be sent to. */
    NameAddress contact(Hop hop) {
        NameAddress plain = requests.contact(settings.userName(), hop);
        SipUri uri = plain.uri();
        if (hop.protocol().isReliable() && !uri.parameters().has("transport")) {
            uri = uri.withParameter("transport", hop.protocol().name().toLowerCase(Locale.ROOT));
        }
        return NameAddress.of(uri.withParameter(LINE, line));
    }

    /** Puts on our Contact, and an older one that is to go. */
    static void bind(SipRequest request, NameAddress contact, @Nullable NameAddress former, long seconds) {
        request.headers()
                .set(HeaderName.CONTACT, lasting(contact, seconds).toString())
                .set(HeaderName.EXPIRES, Long.toString(seconds));
        if (former != null) {
            request.headers().add(HeaderName.CONTACT, lasting(former, 0).toString());
        }
    }

    private static NameAddress lasting(NameAddress contact, long seconds) {
        return new NameAddress(
                contact.displayName(), contact.uri(), Parameters.NONE.with("expires", Long.toString(seconds)));
    }

    /** For how many seconds the registrar keeps our Contact; what we asked for if it does not say. */
    long granted(SipResponse response, NameAddress contact, long asked) {
        List<NameAddress> bound = response.addresses(HeaderName.CONTACT);
        NameAddress ours = ours(bound, contact);
        if (ours != null) {
            OptionalLong own = seconds(ours.parameters().get("expires"));
            if (own.isPresent()) {
                return own.getAsLong();
            }
        }
        return seconds(response.header(HeaderName.EXPIRES)).orElse(asked);
    }

    /** Registrars list all of an account's telephones, and some rewrite what they list. */
    private @Nullable NameAddress ours(List<NameAddress> bound, NameAddress contact) {
        for (NameAddress other : bound) {
            if (line.equals(other.uri().parameters().get(LINE)) && isAtSamePlace(other, contact)) {
                return other;
            }
        }
        for (NameAddress other : bound) {
            if (isAtSamePlace(other, contact)) {
                return other;
            }
        }
        for (NameAddress other : bound) {
            if (line.equals(other.uri().parameters().get(LINE))) {
                return other;
            }
        }
        return bound.size() == 1 ? bound.getFirst() : null;
    }

    private static boolean isAtSamePlace(NameAddress one, NameAddress other) {
        HostPort a = one.uri().address();
        HostPort b = other.uri().address();
        return a != null
                && b != null
                && one.uri().userName().equals(other.uri().userName())
                && a.host().equalsIgnoreCase(b.host())
                && a.portOr(5_060) == b.portOr(5_060);
    }

    /** As what the registrar saw us (RFC 3581); null if it did not say. */
    static @Nullable HostPort seen(SipResponse response) {
        Via via = response.topVia();
        String received = via.received();
        OptionalLong port = seconds(via.parameters().get("rport"));
        if (received == null && port.isEmpty()) {
            return null;
        }
        String host = received == null ? via.sentBy().host() : received;
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            host = "[" + host + "]";
        }
        int sentByPort = via.sentBy().portOr(5_060);
        long number = port.orElse(sentByPort);
        return new HostPort(host, number > 0 && number <= 65_535 ? (int) number : sentByPort);
    }

    /** Seconds, or any number as headers have it; empty for what is none. */
    static OptionalLong seconds(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        // Retry-After may go on with a comment or parameters.
        String digits = text.strip().split("[\\s;(]", 2)[0];
        return digits.matches("\\d{1,10}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
