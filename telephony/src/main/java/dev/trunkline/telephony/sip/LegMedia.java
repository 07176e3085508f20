package dev.trunkline.telephony.sip;

import dev.trunkline.media.engine.MediaSession;
import dev.trunkline.media.engine.MediaSessionListener;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.telephony.leg.MediaVoice;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.LocalCrypto;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a leg: one RTP port and one voice for its whole life, and what was negotiated for it with whoever is at the far
 * end. SIP thread, but for opening and closing.
 */
final class LegMedia {

    private final SipChannel channel;
    private final MediaVoice voice;
    private final MediaSessionListener events;
    private final LocalCrypto crypto;
    private OfferAnswer negotiation = fresh();
    private MediaDirection wanted = MediaDirection.SENDRECV;
    private MediaDirection offered = MediaDirection.SENDRECV;
    private boolean holding;
    private @Nullable InetSocketAddress remote;
    private @Nullable MediaSession session;
    private volatile MediaDirection settled = MediaDirection.SENDRECV;

    LegMedia(SipChannel channel, MediaVoice voice, MediaSessionListener events) {
        this.channel = channel;
        this.crypto = channel.crypto();
        this.voice = voice;
        this.events = events;
    }

    private static OfferAnswer fresh() {
        return new OfferAnswer(ThreadLocalRandom.current().nextLong() >>> 2);
    }

    /**
     * Opens the RTP port, once.
     *
     * @throws dev.trunkline.media.engine.NoFreePortException if there is none
     */
    MediaSession open() {
        MediaSession current = session;
        if (current == null) {
            current = channel.media().open(events);
            session = current;
            voice.attach(current);
        }
        return current;
    }

    void close() {
        voice.close();
    }

    // ---- offers and answers with the far side of now

    /** An offer of all we have. */
    Sdp offer(InetAddress signalling) {
        offered = wanted;
        return negotiation.offer(local(signalling, wanted));
    }

    /** Answers, and does as settled. */
    Sdp answer(Sdp offer, InetAddress signalling) throws NotAcceptableException {
        OfferAnswer.Answered answered = negotiation.answer(offer, local(signalling, wanted));
        agree(answered.audio());
        return answered.sdp();
    }

    /** Takes the answer to our offer. */
    void accept(Sdp answer) throws SdpException {
        agree(negotiation.accept(answer));
        holding = offered != MediaDirection.SENDRECV;
    }

    /** Does as an answer says that is not final. */
    void preview(Sdp answer) throws SdpException {
        agree(negotiation.preview(answer));
    }

    /** Takes another answer to what we have said last. */
    void acceptAgain(Sdp answer) throws SdpException {
        negotiation.repeat();
        agree(negotiation.accept(answer));
    }

    /** Our offer has come to nothing: what was settled before goes on. */
    void forget() {
        negotiation.forget();
        wanted = holding ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
        offered = wanted;
    }

    private LocalAudio local(InetAddress signalling, MediaDirection direction) {
        InetSocketAddress rtp = open().localAddress();
        return new LocalAudio(
                channel.mediaAddress(signalling, rtp.getAddress()),
                rtp.getPort(),
                SipMedia.formats(channel.media().codecs()),
                20,
                direction,
                crypto);
    }

    private void agree(NegotiatedAudio audio) {
        RtpParameters parameters = SipMedia.parameters(audio, remote);
        remote = parameters.remote();
        settled = audio.direction();
        open().protect(audio.protection());
        voice.negotiate(parameters);
    }

    // ---- hold

    /** What our next offer wants: to be heard only, or both. */
    void wantHold(boolean hold) {
        wanted = hold ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
    }

    /** True if the far side has taken our hold. */
    boolean isHolding() {
        return holding;
    }

    /** True if the far side does not want to hear us. */
    boolean isHeld() {
        return !settled.sends();
    }

    /** True if nothing tells that the far side lives: it does not send, and not because we have asked it not to. */
    boolean isOneSided() {
        return isHeld() || !settled.receives() && !holding;
    }

    // ---- another far side

    /** A negotiation with somebody who may become the far side, on the same port and beside the one of now. */
    final class Next {

        private final OfferAnswer negotiation = fresh();

        Sdp offer(InetAddress signalling) {
            return negotiation.offer(local(signalling, MediaDirection.SENDRECV));
        }

        /** Answers, and makes this the far side. */
        Sdp answer(Sdp offer, InetAddress signalling) throws NotAcceptableException {
            OfferAnswer.Answered answered = negotiation.answer(offer, local(signalling, MediaDirection.SENDRECV));
            take();
            agree(answered.audio());
            return answered.sdp();
        }

        /** Takes the answer, and makes this the far side. */
        void accept(Sdp answer) throws SdpException {
            NegotiatedAudio audio = negotiation.accept(answer);
            take();
            agree(audio);
        }

        /** Makes this the far side whatever will be settled with it. */
        void take() {
            LegMedia.this.negotiation = negotiation;
            remote = null;
            wanted = MediaDirection.SENDRECV;
            offered = wanted;
            holding = false;
        }
    }

    Next next() {
        return new Next();
    }
}
