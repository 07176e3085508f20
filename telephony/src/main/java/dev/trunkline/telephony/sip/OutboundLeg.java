package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.media.engine.NoFreePortException;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import dev.trunkline.telephony.sip.useragent.SipEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The leg of a call that we place. */
final class OutboundLeg extends SipLeg {

    private static final Logger LOG = System.getLogger(OutboundLeg.class.getName());

    private final Party from;
    private final Party to;
    private final String dialled;
    private boolean rings;

    private volatile @Nullable SipCall call;

    OutboundLeg(SipChannel channel, CallRequest request) {
        super(channel, request.target().toString());
        this.from = party(request.from());
        this.to = new Party(request.target().toString(), "");
        this.dialled = request.target().userName();
    }

    /** Sends the INVITE. The media port must be open. */
    void place(SipEndpoint endpoint, CallRequest request) {
        SipCall placed = endpoint.call(request, this::onEvent);
        call = placed;
        sipChannel().register(placed, this);
    }

    /** No port is free: the call is over before it began. */
    void fail(NoFreePortException reason) {
        String message = reason.getMessage();
        tell(new LegEvent.Ended(now(), EndReason.FAILED, message == null ? "no free RTP port" : message));
    }

    Sdp offer(InetAddress local) {
        return media().offer(local);
    }

    @Override
    void call(SipCall next) {
        call = next;
    }

    @Override
    @Nullable
    SipCall call() {
        return call;
    }

    @Override
    void on(SipCall same, SipCallEvent event) {
        switch (event) {
            case SipCallEvent.Ringing ringing -> onRinging();
            case SipCallEvent.EarlyMedia early -> onEarlyMedia(early.sdp());
            case SipCallEvent.Answered answered -> onAnswered(same, answered.sdp());
            default -> super.on(same, event);
        }
    }

    private void onRinging() {
        if (!rings) {
            rings = true;
            tell(new LegEvent.Ringing(now()));
        }
    }

    private void onEarlyMedia(Sdp sdp) {
        try {
            media().preview(sdp);
        } catch (SdpException e) {
            LOG.log(Level.DEBUG, "call " + id() + ": early media can't be used: " + e.getMessage());
        }
        onRinging();
    }

    private void onAnswered(SipCall same, @Nullable Sdp sdp) {
        if (sdp == null) {
            // Settled before the answer, by offers of the far side.
            media().forget();
            tellAnswered();
        } else if (takeAnswer(same, sdp)) {
            tellAnswered();
        }
    }

    @Override
    EndReason failedReason(SipCallEvent.Failed failed) {
        return switch (failed.status()) {
            case 408, 480, 487 -> EndReason.NO_ANSWER;
            case 403, 486, 600, 603 -> EndReason.DECLINED;
            default -> EndReason.FAILED;
        };
    }

    @Override
    public String id() {
        SipCall placed = call;
        return placed == null ? "unplaced" : placed.callId();
    }

    @Override
    public CallDirection direction() {
        return CallDirection.OUTBOUND;
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
    public void ring() {
        throw new IllegalStateException("a call that we place does not ring here");
    }

    @Override
    public void answer() {
        throw new IllegalStateException("a call that we place is answered by the far side");
    }

    @Override
    public void reject(RejectCause cause, String detail) {
        throw new IllegalStateException("a call that we place is not ours to reject");
    }
}
