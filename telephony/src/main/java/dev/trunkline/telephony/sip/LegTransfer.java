package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.TransferFailure;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A leg's far side being sent elsewhere by us. SIP thread, but for the beginning. */
final class LegTransfer {

    /** How long after the transfer the consultation may go on until we end it ourselves. */
    private static final Duration LINGER = Duration.ofSeconds(4);

    private final SipLeg leg;
    private @Nullable SipLeg consultation;

    LegTransfer(SipLeg leg) {
        this.leg = leg;
    }

    void to(SipUri target) {
        SipCall call = leg.call();
        if (call != null) {
            call.onSipThread(() -> {
                consultation = null;
                call.refer(target);
            });
        }
    }

    void to(SipLeg other) {
        SipCall call = leg.call();
        if (call != null) {
            call.onSipThread(() -> {
                SipCall second = other.call();
                if (second == null) {
                    onRefused(new SipCallEvent.TransferRefused(481, "nobody was called", false));
                    return;
                }
                consultation = other;
                // Who takes our place there hangs up on us before we are told that it has worked.
                other.leaving(true);
                call.refer(second);
            });
        }
    }

    void onProgress(SipCallEvent.TransferProgress progress) {
        leg.tell(new LegEvent.TransferProgress(SipLeg.now(), progress.status() >= 180));
    }

    void onTransferred() {
        SipCall call = leg.call();
        SipLeg second = consultation;
        consultation = null;
        leg.tell(new LegEvent.Transferred(SipLeg.now()));
        leg.hangUp(EndReason.TRANSFERRED);
        if (call != null && second != null) {
            // If nobody hangs up on us there, we do.
            call.afterOnSipThread(LINGER, () -> second.hangUp(EndReason.TRANSFERRED));
        }
    }

    void onRefused(SipCallEvent.TransferRefused refused) {
        if (consultation != null) {
            consultation.leaving(false);
            consultation = null;
        }
        leg.tell(new LegEvent.TransferRefused(
                SipLeg.now(), failure(refused), refused.status() + " " + refused.reason()));
    }

    private static TransferFailure failure(SipCallEvent.TransferRefused refused) {
        int status = refused.status();
        if (!refused.tried()) {
            return switch (status) {
                case 481, 487, 491 -> TransferFailure.FAILED;
                default -> TransferFailure.UNSUPPORTED;
            };
        }
        return switch (status) {
            case 486, 600, 603 -> TransferFailure.BUSY;
            case 408, 480, 504 -> TransferFailure.NO_ANSWER;
            case 403, 404, 410, 484, 485, 502, 503, 604 -> TransferFailure.UNREACHABLE;
            default -> TransferFailure.FAILED;
        };
    }
}
