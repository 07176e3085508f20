package dev.trunkline.telephony.opensips;

import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.media.engine.MediaEvent;
import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.telephony.leg.DigitMerger;
import dev.trunkline.telephony.leg.LegEvents;
import dev.trunkline.telephony.leg.MediaTold;
import dev.trunkline.telephony.leg.MediaVoice;
import dev.trunkline.telephony.sip.SipMedia;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import dev.trunkline.telephony.sip.useragent.InfoDigits;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one call: its port, what is agreed on, hold, keys. The agreement belongs to the channel's thread; what the media
 * session tells comes on its own.
 */
final class SessionMedia {

    private final OpenSipsChannel channel;
    private final LegEvents events;
    private final Consumer<EndReason> hangUp;
    private final MediaVoice voice = new MediaVoice();
    private final DigitMerger digits = new DigitMerger(DigitMerger.COPY_WINDOW);
    private final OfferAnswer negotiation =
            new OfferAnswer(ThreadLocalRandom.current().nextLong() >>> 2);
    private @Nullable MediaSession session;
    private @Nullable InetSocketAddress remote;
    private @Nullable Runnable stopHoldClock;
    private boolean awaitsAnswer;
    private boolean answered;
    private boolean toldHeld;
    private volatile boolean held;

    SessionMedia(OpenSipsChannel channel, LegEvents events, Consumer<EndReason> hangUp) {
        this.channel = channel;
        this.events = events;
        this.hangUp = hangUp;
    }

    MediaVoice voice() {
        return voice;
    }

    /** Whether an offer of ours is still to be answered. */
    boolean awaitsAnswer() {
        return awaitsAnswer;
    }

    /**
     * Our offer.
     *
     * @throws dev.trunkline.media.engine.NoFreePortException if there is no port
     */
    Sdp offer() {
        awaitsAnswer = true;
        return negotiation.offer(local());
    }

    /**
     * Takes an offer; the answer to it.
     *
     * @throws NotAcceptableException if it can't be taken
     * @throws dev.trunkline.media.engine.NoFreePortException if there is no port
     */
    Sdp answer(Sdp offer) throws NotAcceptableException {
        OfferAnswer.Answered answered = negotiation.answer(offer, local());
        agree(answered.audio());
        return answered.sdp();
    }

    /**
     * Takes the answer to our offer.
     *
     * @throws SdpException if it does not fit
     */
    void accept(Sdp answer) throws SdpException {
        awaitsAnswer = false;
        agree(negotiation.accept(answer));
    }

    private LocalAudio local() {
        MediaSession current = session;
        if (current == null) {
            current = channel.media().open(this::onMedia);
            session = current;
            voice.attach(current);
        }
        return new LocalAudio(
                channel.settings().mediaAddress(),
                current.localAddress().getPort(),
                SipMedia.formats(channel.media().codecs()),
                20,
                MediaDirection.SENDRECV);
    }

    private void agree(NegotiatedAudio audio) {
        RtpParameters parameters = SipMedia.parameters(audio, remote);
        remote = parameters.remote();
        held = audio.isHeld();
        voice.negotiate(parameters);
        watchHold();
    }

    /** On hold no media time-out runs: a telephone that dies there would keep its place for ever. */
    private void watchHold() {
        if (held && stopHoldClock == null) {
            stopHoldClock =
                    channel.mi().after(channel.settings().longestHold(), () -> hangUp.accept(EndReason.MEDIA_TIMEOUT));
        } else if (!held) {
            stopHoldClock();
        }
        tellHold();
    }

    private void stopHoldClock() {
        Runnable stop = stopHoldClock;
        stopHoldClock = null;
        if (stop != null) {
            stop.run();
        }
    }

    /** The call is answered: from now on hold is told. */
    void answered() {
        answered = true;
        tellHold();
    }

    private void tellHold() {
        if (answered && held != toldHeld) {
            toldHeld = held;
            events.emit(held ? new LegEvent.Held(System.nanoTime()) : new LegEvent.Retrieved(System.nanoTime()));
        }
    }

    /** A key in an INFO; false if it is none. */
    boolean onInfo(SessionEvent info) {
        String type = info.headers().contentType();
        if (!InfoDigits.isKnown(type)) {
            return false;
        }
        SipCallEvent.InfoDigit digit = InfoDigits.parse(type, info.body());
        if (digit != null) {
            onDigit(digit.digit(), DigitMerger.Way.SIGNALLING);
        }
        return digit != null;
    }

    private void onMedia(MediaEvent event) {
        LegEvent told = MediaTold.of(event);
        if (told != null) {
            events.emit(told);
        }
        switch (event) {
            case MediaEvent.DigitPressed digit -> onDigit(digit);
            case MediaEvent.MediaTimedOut timedOut -> {
                // one that was on its way when the caller put us on hold says nothing
                if (!held) {
                    hangUp.accept(EndReason.MEDIA_TIMEOUT);
                }
            }
            case MediaEvent.MediaFailed failed -> hangUp.accept(EndReason.FAILED);
            default -> {}
        }
    }

    private void onDigit(MediaEvent.DigitPressed digit) {
        if (digits.isNew(digit)) {
            events.emit(new LegEvent.DigitPressed(System.nanoTime(), digit.digit()));
        }
    }

    private void onDigit(char digit, DigitMerger.Way way) {
        long now = System.nanoTime();
        if (digits.isNew(digit, way, now)) {
            events.emit(new LegEvent.DigitPressed(now, digit));
        }
    }

    void close() {
        stopHoldClock();
        voice.close();
    }
}
