package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.telephony.sip.message.HeaderName;
import dev.trunkline.telephony.sip.message.ReasonPhrase;
import dev.trunkline.telephony.sip.registration.Trunk;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.useragent.IncomingSipCall;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The leg of a call that somebody places to us. */
final class InboundLeg extends SipLeg {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final IncomingSipCall first;
    private final Party from;
    private final Party to;
    private final String dialled;
    private final String trunk;
    private final String forwardedFrom;
    private volatile SipCall call;
    private @Nullable Sdp early;

    /**
     * A leg that has not been answered yet.
     *
     * @param by the trunk that it came by, null for a caller of another kind
     */
    InboundLeg(SipChannel channel, IncomingSipCall call, @Nullable Trunk by) {
        super(channel, call.callId());
        this.first = call;
        this.call = call;
        CallingParty caller = CallingParty.of(call.invite());
        this.from = party(caller.address());
        this.forwardedFrom = caller.forwardedFrom();
        this.to = party(call.local());
        this.dialled = by == null ? call.dialled() : by.dialled(call.invite());
        this.trunk = by == null ? "" : by.settings().name();
    }

    @Override
    SipCall call() {
        return call;
    }

    @Override
    void call(SipCall next) {
        call = next;
    }

    @Override
    void onConfirmed() {
        tellAnswered();
    }

    @Override
    public String id() {
        return call.callId();
    }

    @Override
    public CallDirection direction() {
        return CallDirection.INBOUND;
    }

    @Override
    public Party from() {
        return from;
    }

    @Override
    public Party to() {
        return to;
    }

    @Override
    public String dialled() {
        return dialled;
    }

    @Override
    public String trunk() {
        return trunk;
    }

    @Override
    public String forwardedFrom() {
        return forwardedFrom;
    }

    @Override
    public void ring() {
        first.ring();
    }

    @Override
    public void openEarlyVoice() {
        first.onSipThread(() -> {
            if (early == null && (first.offer() != null || first.canOfferEarly())) {
                describe(description -> {
                    early = description;
                    first.progress(description);
                });
            }
        });
    }

    @Override
    public void answer() {
        first.onSipThread(() -> {
            Sdp said = early;
            if (said != null) {
                first.answer(said);
            } else {
                describe(first::answer);
            }
        });
    }

    /** Makes our description, or refuses the call. */
    private void describe(Consumer<Sdp> use) {
        try {
            Sdp offer = first.offer();
            Sdp ours =
                    offer == null ? media().offer(first.localAddress()) : media().answer(offer, first.localAddress());
            watchHold();
            use.accept(ours);
        } catch (NoFreePortException e) {
            reject(RejectCause.UNAVAILABLE, "no free RTP port");
        } catch (NotAcceptableException e) {
            refuse(EndReason.REFUSED);
            first.reject(488, ReasonPhrase.of(488) + ": " + e.getMessage(), Map.of());
        }
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        refuse(cause == RejectCause.FAILED ? EndReason.FAILED : EndReason.REFUSED);
        int status = switch (cause) {
            case NOT_FOUND -> 404;
            case BUSY -> 486;
            case UNAVAILABLE -> 503;
            case DECLINED -> 603;
            case FAILED -> 500;
        };
        String phrase = ReasonPhrase.of(status) + (detail.isBlank() ? "" : ": " + detail);
        Map<String, String> headers = cause == RejectCause.UNAVAILABLE
                ? Map.of(HeaderName.RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS))
                : Map.of();
        first.reject(status, phrase, headers);
    }

    @Override
    EndReason failedReason(SipCallEvent.Failed failed) {
        return EndReason.REFUSED;
    }
}
