package dev.trunkline.telephony.sip;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.Voice;
import dev.trunkline.media.engine.MediaEvent;
import dev.trunkline.telephony.leg.DigitMerger;
import dev.trunkline.telephony.leg.LegEvents;
import dev.trunkline.telephony.leg.MediaVoice;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.CallCause;
import dev.trunkline.telephony.sip.useragent.OfferReply;
import dev.trunkline.telephony.sip.useragent.SipCall;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import org.jspecify.annotations.Nullable;

/**
 * What legs of both directions share: media, digits, hold, being handed over, the end. The call under a leg can change: another
 * telephone takes the far side's place ({@link Succession}), and port and voice stay. Events and negotiation belong to the SIP
 * thread; everything else is thread-safe.
 */
abstract sealed class SipLeg implements Leg permits InboundLeg, OutboundLeg {

    private final SipChannel channel;
    private final LegEvents events;
    private final MediaVoice voice = new MediaVoice(new InfoKeys(this::call));
    private final DigitMerger digits = new DigitMerger(DigitMerger.COPY_WINDOW);
    private final LegMedia media;
    private final LegTransfer transfer = new LegTransfer(this);
    private final Succession succession = new Succession(this);
    private volatile @Nullable EndReason wanted;
    private @Nullable Runnable stopHoldClock;
    private @Nullable SipCall former;
    private boolean toldHeld;
    private boolean toldHolding;
    private boolean toldAnswered;
    private boolean leaving;
    private volatile boolean over;

    SipLeg(SipChannel channel, String name) {
        this.channel = channel;
        this.events = new LegEvents(name);
        voice.digitSending(channel.digitSending());
        this.media = new LegMedia(channel, voice, this::onMedia);
    }

    /** The call, null for one that was never placed. */
    abstract @Nullable SipCall call();

    /** Another call is under this leg from now on. */
    abstract void call(SipCall next);

    SipChannel sipChannel() {
        return channel;
    }

    LegMedia media() {
        return media;
    }

    Succession succession() {
        return succession;
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

    /** On hold no media time-out runs: a phone that dies there would keep its place for ever. */
    void watchHold() {
        SipCall current = call();
        if (!media.isOneSided()) {
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
        // One that was on its way when the peer put us on hold, or one whose far side has gone and has named another.
        if (!media.isHeld() && !succession.isFollowing()) {
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
            case MediaEvent.DigitPressed digit -> onDigit(digit);
            case MediaEvent.MediaTimedOut timedOut -> onMediaTimedOut();
            case MediaEvent.MediaFailed failed -> hangUp(EndReason.FAILED);
            case MediaEvent.PlaybackCleared cleared -> {}
            case MediaEvent.SourceChanged changed -> {}
        }
    }

    private void onDigit(MediaEvent.DigitPressed digit) {
        if (digits.isNew(digit)) {
            tell(new LegEvent.DigitPressed(now(), digit.digit()));
        }
    }

    private void onDigit(char digit, DigitMerger.Way way) {
        long now = now();
        if (digits.isNew(digit, way, now)) {
            tell(new LegEvent.DigitPressed(now, digit));
        }
    }

    // ---- signalling, on the SIP thread

    /** What happens to the call; what still happens to one that has been succeeded concerns nobody. */
    final void onEvent(SipCall same, SipCallEvent event) {
        if (same != former) {
            on(same, event);
        }
    }

    /** What is the same for both directions. */
    void on(SipCall same, SipCallEvent event) {
        switch (event) {
            case SipCallEvent.OfferReceived received -> onOffer(same, received.offer(), received.reply());
            case SipCallEvent.Acked acked -> onAcked(same, acked.answer());
            case SipCallEvent.EarlyAnswer early -> takeAnswer(same, early.answer());
            case SipCallEvent.OfferAnswered answered -> onOfferAnswered(same, answered.answer());
            case SipCallEvent.OfferRefused refused -> onOfferRefused(refused);
            case SipCallEvent.Refreshed refreshed -> onRefreshed(refreshed.answer());
            case SipCallEvent.Held held -> tellHeld(true);
            case SipCallEvent.Resumed resumed -> tellHeld(false);
            case SipCallEvent.InfoDigit digit -> onDigit(digit.digit(), DigitMerger.Way.SIGNALLING);
            case SipCallEvent.ReferReceived refer -> succession.follow(same, refer);
            case SipCallEvent.TransferProgress progress -> transfer.onProgress(progress);
            case SipCallEvent.Transferred gone -> transfer.onTransferred();
            case SipCallEvent.TransferRefused refused -> transfer.onRefused(refused);
            case SipCallEvent.Ended ended -> {
                if (!succession.outlives(ended)) {
                    end(ended);
                }
            }
            case SipCallEvent.Ringing ringing -> {}
            case SipCallEvent.EarlyMedia early -> {}
            case SipCallEvent.Answered answered -> {}
            case SipCallEvent.OfferWithdrawn withdrawn -> {}
        }
    }

    private void onOffer(SipCall same, @Nullable Sdp offer, OfferReply reply) {
        if (offer == null) {
            reply.accept(media.offer(same.localAddress()));
            return;
        }
        try {
            Sdp answer = media.answer(offer, same.localAddress());
            watchHold();
            reply.accept(answer);
        } catch (NotAcceptableException e) {
            reply.reject(488, "Not Acceptable Here: " + e.getMessage());
        }
    }

    private void onOfferAnswered(SipCall same, Sdp answer) {
        if (takeAnswer(same, answer)) {
            tellHolding();
        }
    }

    private void onOfferRefused(SipCallEvent.OfferRefused refused) {
        media.forget();
        tell(new LegEvent.HoldRefused(now(), refused.status() + " " + refused.reason()));
    }

    private void onRefreshed(Sdp answer) {
        try {
            media.acceptAgain(answer);
            watchHold();
        } catch (SdpException e) {
            hangUp(EndReason.FAILED, CallCause.sip(488, "SDP: " + e.getMessage()));
        }
    }

    private void tellHeld(boolean held) {
        if (toldHeld != held) {
            toldHeld = held;
            tell(held ? new LegEvent.Held(now()) : new LegEvent.Retrieved(now()));
        }
    }

    private void tellHolding() {
        if (toldHolding != media.isHolding()) {
            toldHolding = media.isHolding();
            tell(toldHolding ? new LegEvent.HoldTaken(now()) : new LegEvent.HoldEnded(now()));
        }
    }

    /** The far side has answered or confirmed; told once. */
    void tellAnswered() {
        if (!toldAnswered) {
            toldAnswered = true;
            tell(new LegEvent.Answered(now()));
        }
    }

    /** Takes the answer to an offer of ours; a call without media is no call. */
    boolean takeAnswer(SipCall same, Sdp answer) {
        try {
            media.accept(answer);
            watchHold();
            return true;
        } catch (SdpException e) {
            wanted = EndReason.FAILED;
            same.hangUp(CallCause.sip(488, "SDP: " + e.getMessage()));
            return false;
        }
    }

    private void onAcked(SipCall same, @Nullable Sdp answer) {
        if (answer == null || takeAnswer(same, answer)) {
            onConfirmed();
        }
    }

    /** The far side has confirmed an answer of ours. */
    void onConfirmed() {}

    /** Another call has taken this one's place: what is still told of the old one is not heard any more. */
    void succeededBy(SipCall next, Party farSide) {
        SipCall old = call();
        former = old;
        call(next);
        channel.replace(old, next, this);
        stopHoldClock();
        watchHold();
        tell(new LegEvent.Replaced(now(), next.callId(), farSide));
        tellHeld(false);
        tellHolding();
        tellAnswered();
    }

    boolean isOver() {
        return over;
    }

    /** Somebody is taking our place here, or does not after all: the far side's hang-up is no end of the talk then. */
    void leaving(boolean begun) {
        leaving = begun;
    }

    /** Nothing more comes of this leg. */
    void end(SipCallEvent.Ended ended) {
        over = true;
        stopHoldClock();
        succession.close();
        media.close();
        channel.forget(call());
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

    private EndReason hungUpReason(SipCallEvent.HungUp hungUp, @Nullable EndReason given) {
        return switch (hungUp.by()) {
            case REMOTE -> leaving || given == EndReason.TRANSFERRED ? EndReason.TRANSFERRED : EndReason.CALLER_HUNG_UP;
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

    @Override
    public void hold() {
        renegotiate(true);
    }

    @Override
    public void unhold() {
        renegotiate(false);
    }

    private void renegotiate(boolean hold) {
        SipCall current = call();
        if (current != null) {
            current.onSipThread(() -> {
                media.wantHold(hold);
                current.reinvite(() -> media.offer(current.localAddress()));
            });
        }
    }

    @Override
    public boolean canTransfer() {
        return true;
    }

    @Override
    public void transfer(String target) {
        transfer.to(channel.target(target));
    }

    @Override
    public void transfer(Leg consultation) {
        if (!(consultation instanceof SipLeg other) || other.channel != channel) {
            throw new IllegalArgumentException("not a leg of this channel: " + consultation.id());
        }
        transfer.to(other);
    }

    /** The first reason given counts. */
    @Override
    public void hangUp(EndReason reason) {
        hangUp(reason, cause(reason));
    }

    private void hangUp(EndReason reason, CallCause cause) {
        refuse(reason);
        SipCall current = call();
        if (current != null) {
            current.onSipThread(() -> {
                succession.close();
                // The one of now: another may have taken its place since.
                SipCall last = call();
                if (last != null) {
                    last.hangUp(cause);
                }
            });
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
