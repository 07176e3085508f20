package dev.trunkline.telephony.sip.useragent;

import dev.trunkline.telephony.sip.dialog.Dialog;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipMethod;
import dev.trunkline.telephony.sip.message.SipRequest;
import dev.trunkline.telephony.sip.message.SipResponse;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.transaction.ClientListener;
import dev.trunkline.telephony.sip.transport.SipScheduler.Timer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A REFER of ours and what the peer tells of it: 202, then NOTIFYs with the status lines of the call that the peer places
 * (RFC 3515, RFC 5589). A peer that takes it without a subscription (RFC 4488), or hangs up once it has taken it, is believed
 * to have gone there.
 */
final class OwnReferral implements ClientListener {

    /** Longer than telephones ring. */
    private static final long PATIENCE_MS = 90_000;

    private final CallSession call;
    private final Dialog dialog;
    private final Runnable onOver;
    private final SipRequest refer;
    private @Nullable Timer patience;
    private boolean accepted;
    private boolean over;

    OwnReferral(CallSession call, Dialog dialog, Runnable onOver) {
        this.call = call;
        this.dialog = dialog;
        this.onOver = onOver;
        this.refer = dialog.request(SipMethod.REFER);
    }

    void send(SipUri target) {
        refer.headers()
                .add(HeaderName.REFER_TO, NameAddress.of(target).toString())
                .add(
                        HeaderName.REFERRED_BY,
                        NameAddress.of(dialog.local().uri().asRequestUri()).toString())
                .add(HeaderName.SUPPORTED, Extensions.SUPPORTED);
        call.agent.send(dialog, refer, this);
    }

    @Override
    public void onResponse(SipResponse response) {
        if (response.isProvisional() || over) {
            return;
        }
        if (!response.isSuccess()) {
            refused(response.status(), response.reason());
            if (response.status() == 481) {
                call.lost(CallCause.sip(481, response.reason()));
            }
            return;
        }
        accepted = true;
        String subscription = response.header(HeaderName.REFER_SUB);
        if (subscription != null
                && subscription.strip().toLowerCase(Locale.ROOT).startsWith("false")) {
            succeeded();
        } else if (patience == null) {
            patience =
                    call.agent.scheduler().after(PATIENCE_MS, () -> refused(408, "nothing was heard of the transfer"));
        }
    }

    @Override
    public void onNoResponse(Failure failure) {
        refused(408, "no answer to the REFER");
    }

    /** True if a NOTIFY is about this REFER. */
    boolean takes(SipRequest notify) {
        String event = notify.header(HeaderName.EVENT);
        if (event == null) {
            return false;
        }
        String[] parts = event.split(";");
        if (!parts[0].strip().equalsIgnoreCase("refer")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("id=")) {
                return part.substring(3)
                        .strip()
                        .equals(Long.toString(refer.cseq().number()));
            }
        }
        return true;
    }

    void onNotify(SipRequest notify) {
        // It may overtake the 202.
        accepted = true;
        int status = SipFragment.status(notify.bodyText());
        String reason = SipFragment.reason(notify.bodyText());
        String state = notify.header(HeaderName.SUBSCRIPTION_STATE);
        if (status >= 300) {
            refused(status, reason);
        } else if (status >= 200) {
            succeeded();
        } else if (state != null && state.strip().toLowerCase(Locale.ROOT).startsWith("terminated")) {
            refused(0, "the peer tells no more of the transfer");
        } else if (status >= 100 && !over) {
            call.emit(new SipCallEvent.TransferProgress(status, reason));
        }
    }

    /** The call ends before the outcome is known. */
    SipCallEvent outcomeAt(SipCallEvent.Ended end) {
        finish();
        return accepted && end instanceof SipCallEvent.HungUp hungUp && hungUp.by() == Party.REMOTE
                ? new SipCallEvent.Transferred()
                : new SipCallEvent.TransferRefused(487, "the call has ended", accepted);
    }

    private void succeeded() {
        if (finish()) {
            call.emit(new SipCallEvent.Transferred());
        }
    }

    private void refused(int status, String reason) {
        if (finish()) {
            call.emit(new SipCallEvent.TransferRefused(status, reason, accepted));
        }
    }

    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        if (patience != null) {
            patience.cancel();
        }
        onOver.run();
        return true;
    }
}
