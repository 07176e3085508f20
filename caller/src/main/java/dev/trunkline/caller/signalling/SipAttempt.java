package dev.trunkline.caller.signalling;

import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipUri;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.RtpFormat;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.CallRequest;
import dev.trunkline.telephony.sip.useragent.OutgoingSipCall;
import dev.trunkline.telephony.sip.useragent.Party;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import dev.trunkline.telephony.sip.useragent.SipCallListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call that a {@link SipLine} places. Events come on the SIP thread. */
final class SipAttempt implements Signalling.Attempt, SipCallListener {

    private static final Duration KEY = Duration.ofMillis(120);
    private static final int NOT_ACCEPTABLE = 488;

    private final Signalling.Offer offer;
    private final Consumer<CallProgress> listener;
    private final OfferAnswer media = new OfferAnswer(System.nanoTime());
    private volatile @Nullable OutgoingSipCall call;
    private @Nullable LocalAudio local;
    private boolean answered;
    private @Nullable String fault;

    SipAttempt(Signalling.Offer offer, Consumer<CallProgress> listener) {
        this.offer = offer;
        this.listener = listener;
    }

    CallRequest request(SipUri target, NameAddress from) {
        return CallRequest.to(target, from, this::sdp).ringingFor(Duration.ofSeconds(30));
    }

    void placed(OutgoingSipCall outgoing) {
        call = outgoing;
    }

    @Override
    public String callId() {
        return call().callId();
    }

    @Override
    public void hangUp() {
        call().hangUp(CallCause.NORMAL);
    }

    @Override
    public void infoKey(char digit) {
        call().sendInfoDigit(digit, KEY);
    }

    @Override
    public void onEvent(SipCall source, SipCallEvent event) {
        switch (event) {
            case SipCallEvent.Ringing ringing -> listener.accept(new CallProgress.Ringing());
            case SipCallEvent.Answered taken -> answered(source, taken.sdp());
            case SipCallEvent.OfferReceived change -> changed(change);
            case SipCallEvent.ReferReceived away -> away.reply().reject(405, "");
            case SipCallEvent.Failed failed -> {
                String why = fault;
                listener.accept(
                        why == null
                                ? new CallProgress.Refused(failed.status(), failed.reason())
                                : new CallProgress.Failed(why));
            }
            case SipCallEvent.Cancelled cancelled -> listener.accept(new CallProgress.Failed("given up"));
            case SipCallEvent.HungUp hungUp -> ended(hungUp);
            default -> {}
        }
    }

    private void answered(SipCall source, @Nullable Sdp sdp) {
        try {
            if (sdp == null) {
                throw new SdpException("the answer has no session description");
            }
            NegotiatedAudio audio = media.accept(sdp);
            RtpFormat events = audio.sendingEvents();
            CallProgress.Answered taken = new CallProgress.Answered(
                    new InetSocketAddress(InetAddress.getByName(audio.remoteAddress()), audio.remotePort()),
                    audio.sending().payloadType(),
                    events == null ? -1 : events.payloadType());
            answered = true;
            listener.accept(taken);
        } catch (SdpException | UnknownHostException e) {
            fault = "the answer makes no sense: " + e.getMessage();
            source.hangUp(CallCause.sip(NOT_ACCEPTABLE, "answer not understood"));
        }
    }

    /** The far side may hold the line or take it back; sound goes on as before. */
    private void changed(SipCallEvent.OfferReceived change) {
        Sdp offered = change.offer();
        LocalAudio ours = local;
        if (ours == null) {
            change.reply().reject(NOT_ACCEPTABLE, "");
            return;
        }
        try {
            change.reply()
                    .accept(
                            offered == null
                                    ? media.offer(ours)
                                    : media.answer(offered, ours).sdp());
        } catch (NotAcceptableException e) {
            change.reply().reject(NOT_ACCEPTABLE, "");
        }
    }

    private void ended(SipCallEvent.HungUp hungUp) {
        String why = fault;
        if (why != null && !answered) {
            listener.accept(new CallProgress.Failed(why));
            return;
        }
        String reason = hungUp.by() == Party.NETWORK
                ? "the far side is gone"
                : hungUp.cause().text();
        listener.accept(new CallProgress.HungUp(hungUp.by() != Party.LOCAL, reason));
    }

    private Sdp sdp(InetAddress address) {
        List<RtpFormat> formats = new ArrayList<>();
        for (int payloadType : offer.payloadTypes()) {
            formats.add(format(payloadType));
        }
        formats.stream()
                .mapToInt(RtpFormat::clockRate)
                .distinct()
                .mapToObj(RtpFormat::telephoneEvent)
                .toList()
                .forEach(formats::add);
        LocalAudio ours = new LocalAudio(address, offer.port(), formats, 20, MediaDirection.SENDRECV);
        local = ours;
        return media.offer(ours);
    }

    private static RtpFormat format(int payloadType) {
        return switch (payloadType) {
            case 0 -> RtpFormat.PCMU;
            case 8 -> RtpFormat.PCMA;
            case 3 -> new RtpFormat(3, "GSM", 8_000, 1, "");
            case 9 -> new RtpFormat(9, "G722", 8_000, 1, "");
            case 111 -> new RtpFormat(111, "opus", 48_000, 2, "useinbandfec=1");
            case 18 -> new RtpFormat(18, "G729", 8_000, 1, "");
            default -> throw new IllegalArgumentException("no such codec: payload type " + payloadType);
        };
    }

    private OutgoingSipCall call() {
        OutgoingSipCall outgoing = call;
        if (outgoing == null) {
            throw new IllegalStateException("not placed yet");
        }
        return outgoing;
    }
}
