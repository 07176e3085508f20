package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.Voice;
import dev.trunkline.media.engine.MediaEvent;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.telephony.leg.DigitMerger;
import dev.trunkline.telephony.leg.LegEvents;
import dev.trunkline.telephony.leg.MediaVoice;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.OfferReply;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What legs of both directions share: the negotiation of their media, digits, hold, the end. The negotiation belongs to
 * the SIP thread; everything else is thread-safe.
 */
abstract sealed class SipLeg implements Leg permits InboundLeg, OutboundLeg {

    /** A peer that sends a key twice sends the copies within this. */
    private static final Duration COPY_WINDOW = Duration.ofMillis(1_500);

    private static final Duration INFO_DIGIT = Duration.ofMillis(160);

    private final SipChannel channel;
    private final LegEvents events;
    private final MediaVoice voice = new MediaVoice(this::sendBySignalling);
    private final DigitMerger digits = new DigitMerger(COPY_WINDOW);
    private final OfferAnswer negotiation =
            new OfferAnswer(ThreadLocalRandom.current().nextLong() >>> 2);
    private volatile @Nullable EndReason wanted;
    private @Nullable InetSocketAddress remoteMedia;
    private @Nullable MediaSession session;
    private @Nullable Runnable stopHoldClock;
    private volatile boolean held;

    SipLeg(SipChannel channel, String name) {
        this.channel = channel;
        this.events = new LegEvents(name);
    }

    /** The call, null for one that was never placed. */
    abstract @Nullable SipCall call();

    OfferAnswer negotiation() {
        return negotiation;
    }

    void tell(LegEvent event) {
        events.emit(event);
    }

    static long now() {
        return System.nanoTime();
    }

    static Party party(NameAddress address) {
        return new Party(address.uri().asRequestUri().toString(), address.displayName());
    }

    // ---- media

    /**
     * Opens the RTP port, once.
     *
     * @throws dev.trunkline.media.engine.NoFreePortException if there is none
     */
    MediaSession openMedia() {
        MediaSession current = session;
        if (current == null) {
            current = channel.media().open(this::onMedia);
            session = current;
            voice.attach(current);
        }
        return current;
    }

    LocalAudio localAudio(InetAddress address) {
        InetSocketAddress rtp = openMedia().localAddress();
        return new LocalAudio(
                channel.mediaAddress(address, rtp.getAddress()),
                rtp.getPort(),
                SipMedia.formats(),
                20,
                MediaDirection.SENDRECV);
    }

    void agree(NegotiatedAudio audio) {
        RtpParameters parameters = SipMedia.parameters(audio, remoteMedia);
        remoteMedia = parameters.remote();
        held = audio.isHeld();
        voice.negotiate(parameters);
        watchHold();
    }

    /** On hold no media time-out runs: a phone that dies there would keep its place for ever. */
    private void watchHold() {
        SipCall current = call();
        if (!held) {
            stopHoldClock();
        } else if (stopHoldClock == null && current != null) {
            stopHoldClock = current.afterOnSipThread(
                    channel.longestHold(), () -> hangUp(EndReason.MEDIA_TIMEOUT, CallCause.q850(102, "held too long")));
        }
    }

    private void stopHoldClock() {
        Runnable stop = stopHoldClock;
        stopHoldClock = null;
        if (stop != null) {
            stop.run();
        }
    }

    private void onMediaTimedOut() {
        // One that was on its way when the peer put us on hold.
        if (!held) {
            hangUp(EndReason.MEDIA_TIMEOUT);
        }
    }

    private void onMedia(MediaEvent event) {
        switch (event) {
            case MediaEvent.FirstPacket first -> tell(new LegEvent.MediaStarted(first.nanoTime()));
            case MediaEvent.SpeechStarted started ->
                tell(new LegEvent.SpeechStarted(started.nanoTime(), started.streamMillis()));
            case MediaEvent.SpeechStopped stopped ->
                tell(new LegEvent.SpeechStopped(
                        stopped.nanoTime(), stopped.streamMillis(), stopped.lastSpeechNanoTime()));
            case MediaEvent.PlaybackStarted started ->
                tell(new LegEvent.PlaybackStarted(started.nanoTime(), started.generation()));
            case MediaEvent.PlaybackHeld held ->
                tell(new LegEvent.PlaybackHeld(held.nanoTime(), MediaVoice.position(held.position())));
            case MediaEvent.PlaybackFinished finished ->
                tell(new LegEvent.PlaybackFinished(finished.nanoTime(), MediaVoice.position(finished.position())));
            case MediaEvent.DigitPressed digit -> onDigit(digit.digit(), DigitMerger.Way.MEDIA);
            case MediaEvent.MediaTimedOut timedOut -> onMediaTimedOut();
            case MediaEvent.MediaFailed failed -> hangUp(EndReason.FAILED);
            case MediaEvent.PlaybackCleared cleared -> {}
            case MediaEvent.SourceChanged changed -> {}
        }
    }

    private void onDigit(char digit, DigitMerger.Way way) {
        long now = now();
        if (digits.isNew(digit, way, now)) {
            tell(new LegEvent.DigitPressed(now, digit));
        }
    }

    private void sendBySignalling(String keys) {
        SipCall current = call();
        for (int i = 0; current != null && i < keys.length(); i++) {
            current.sendInfoDigit(keys.charAt(i), INFO_DIGIT);
        }
    }

    // ---- signalling, on the SIP thread

    /** What is the same for both directions. */
    void onCommon(SipCall call, SipCallEvent event) {
        switch (event) {
            case SipCallEvent.OfferReceived received -> onOffer(call, received.offer(), received.reply());
            case SipCallEvent.Acked acked -> onAcked(call, acked.answer());
            case SipCallEvent.Held held -> tell(new LegEvent.Held(now()));
            case SipCallEvent.Resumed resumed -> tell(new LegEvent.Retrieved(now()));
            case SipCallEvent.InfoDigit digit -> onDigit(digit.digit(), DigitMerger.Way.SIGNALLING);
            case SipCallEvent.Ended ended -> end(ended);
            case SipCallEvent.Ringing ringing -> {}
            case SipCallEvent.EarlyMedia media -> {}
            case SipCallEvent.Answered answered -> {}
            case SipCallEvent.OfferWithdrawn withdrawn -> {}
            case SipCallEvent.OfferAnswered answered -> {}
            case SipCallEvent.OfferRefused refused -> {}
            case SipCallEvent.Refreshed refreshed -> {}
            case SipCallEvent.EarlyAnswer early -> {}
            case SipCallEvent.ReferReceived refer -> refer.reply().reject(603, "");
            case SipCallEvent.TransferProgress progress -> {}
            case SipCallEvent.Transferred gone -> {}
            case SipCallEvent.TransferRefused refused -> {}
        }
    }

    private void onOffer(SipCall call, @Nullable Sdp offer, OfferReply reply) {
        LocalAudio local = localAudio(call.localAddress());
        if (offer == null) {
            reply.accept(negotiation.offer(local));
            return;
        }
        try {
            OfferAnswer.Answered answered = negotiation.answer(offer, local);
            agree(answered.audio());
            reply.accept(answered.sdp());
        } catch (NotAcceptableException e) {
            reply.reject(488, "Not Acceptable Here: " + e.getMessage());
        }
    }

    /** Takes the answer to an offer of ours; a call without media is no call. */
    boolean takeAnswer(SipCall call, Sdp answer) {
        try {
            agree(negotiation.accept(answer));
            return true;
        } catch (SdpException e) {
            wanted = EndReason.FAILED;
            call.hangUp(CallCause.sip(488, "SDP: " + e.getMessage()));
            return false;
        }
    }

    void onAcked(SipCall call, @Nullable Sdp answer) {
        if (answer != null) {
            takeAnswer(call, answer);
        }
    }

    void closeMedia() {
        voice.close();
    }

    private void end(SipCallEvent.Ended ended) {
        stopHoldClock();
        closeMedia();
        EndReason given = wanted;
        LegEvent.Ended event = switch (ended) {
            case SipCallEvent.HungUp hungUp ->
                new LegEvent.Ended(
                        now(), hungUpReason(hungUp, given), hungUp.cause().text());
            case SipCallEvent.Cancelled cancelled ->
                new LegEvent.Ended(
                        now(),
                        given == null ? EndReason.CANCELLED : given,
                        cancelled.cause().text());
            case SipCallEvent.Failed failed ->
                new LegEvent.Ended(
                        now(), given == null ? failedReason(failed) : given, failed.status() + " " + failed.reason());
        };
        tell(event);
    }

    private static EndReason hungUpReason(SipCallEvent.HungUp hungUp, @Nullable EndReason given) {
        return switch (hungUp.by()) {
            case REMOTE -> EndReason.CALLER_HUNG_UP;
            case NETWORK -> EndReason.FAILED;
            case LOCAL -> given == null ? EndReason.FAILED : given;
        };
    }

    /** What a call that did not come about is called. */
    abstract EndReason failedReason(SipCallEvent.Failed failed);

    // ---- the leg

    @Override
    public String channel() {
        return "sip";
    }

    @Override
    public void listen(LegListener listener) {
        events.listen(listener);
    }

    /** The first reason given counts. */
    @Override
    public void hangUp(EndReason reason) {
        hangUp(reason, cause(reason));
    }

    private void hangUp(EndReason reason, CallCause cause) {
        if (wanted == null) {
            wanted = reason;
        }
        SipCall current = call();
        if (current != null) {
            current.hangUp(cause);
        }
    }

    void refuse(EndReason reason) {
        if (wanted == null) {
            wanted = reason;
        }
    }

    private static CallCause cause(EndReason reason) {
        return switch (reason) {
            case FAILED, CRASH -> CallCause.q850(41, "Temporary failure");
            case MEDIA_TIMEOUT -> CallCause.q850(102, "No media received");
            default -> CallCause.q850(16, "Normal call clearing");
        };
    }

    @Override
    public Voice voice() {
        return voice;
    }

    @Override
    public long ssrc() {
        return voice.ssrc();
    }

    @Override
    public MediaQuality quality() {
        return voice.quality();
    }
}
