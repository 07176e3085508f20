package dev.trunkline.telephony.opensips;

import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import dev.trunkline.telephony.sip.message.SipUri;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One blind transfer (REFER, RFC 3515): what the far side's answer and its NOTIFYs mean. For the connection's thread.
 */
final class Referral {

    private static final Pattern STATUS_LINE = Pattern.compile("^SIP/2\\.0 ([1-6]\\d\\d)[ \r\n]?(.*)");

    private boolean accepted;

    /** True when the far side has taken the request, so that its hanging up means that it went. */
    boolean isAccepted() {
        return accepted;
    }

    /**
     * The headers of the request.
     *
     * @throws IllegalArgumentException if the target is no SIP address
     */
    static String headers(String target, String referrer) {
        try {
            SipUri uri = SipUri.parse(target);
            if (!uri.isSip() && !uri.scheme().equals("tel")) {
                throw new IllegalArgumentException("no way to reach " + target);
            }
            String by = referrer.isEmpty() ? "" : "Referred-By: " + NameAddress.of(SipUri.parse(referrer)) + "\r\n";
            return "Refer-To: " + NameAddress.of(uri) + "\r\n" + by;
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not a SIP address: " + target + " (" + e.getMessage() + ")", e);
        }
    }

    /** What a response to the request means; null if nothing yet. */
    @Nullable
    LegEvent onResponse(SessionEvent response, long nanos) {
        int status = response.status();
        if (status < 300) {
            accepted |= status >= 200;
            return null;
        }
        TransferFailure failure = switch (status) {
            case 403, 405, 420, 489, 501 -> TransferFailure.UNSUPPORTED;
            default -> TransferFailure.FAILED;
        };
        return new LegEvent.TransferRefused(nanos, failure, "REFER: " + status);
    }

    /** What a NOTIFY means; null if nothing. */
    @Nullable
    LegEvent onNotify(SessionEvent notify, long nanos) {
        accepted = true;
        Matcher line = STATUS_LINE.matcher(notify.body().strip());
        if (!line.lookingAt()) {
            return null;
        }
        int status = Integer.parseInt(line.group(1));
        if (status < 200) {
            return new LegEvent.TransferProgress(nanos, status == 180 || status == 183);
        }
        if (status < 300) {
            return new LegEvent.Transferred(nanos);
        }
        TransferFailure failure = switch (status) {
            case 486, 600, 603 -> TransferFailure.BUSY;
            case 408, 480, 487 -> TransferFailure.NO_ANSWER;
            case 404, 410, 484, 502, 503, 604 -> TransferFailure.UNREACHABLE;
            default -> TransferFailure.FAILED;
        };
        return new LegEvent.TransferRefused(nanos, failure, line.group().strip());
    }
}
