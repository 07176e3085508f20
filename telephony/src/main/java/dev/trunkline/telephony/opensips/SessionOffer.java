package dev.trunkline.telephony.opensips;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.telephony.sip.SipMedia;
import dev.trunkline.telephony.sip.sdp.LocalAudio;
import dev.trunkline.telephony.sip.sdp.MediaDirection;
import dev.trunkline.telephony.sip.sdp.NotAcceptableException;
import dev.trunkline.telephony.sip.sdp.OfferAnswer;
import dev.trunkline.telephony.sip.sdp.Sdp;
import dev.trunkline.telephony.sip.sdp.SdpException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session description that an INVITE brings along, or why it can't be taken.
 *
 * @param sdp the offer; null if there is none, and we are to make one
 * @param refusal the SIP status to refuse with, 0 if it can be taken
 * @param reason the phrase for that
 */
record SessionOffer(@Nullable Sdp sdp, int refusal, String reason) {

    private static final int LARGEST = 16_384;
    private static final String ACCEPTED = "application/sdp";

    /** Reads the body of an INVITE or UPDATE. */
    static SessionOffer of(SessionEvent event, InetAddress own, List<CodecType> codecs) {
        String type = event.headers().contentType();
        if (event.body().isBlank()) {
            return new SessionOffer(null, 0, "");
        }
        if (event.body().length() > LARGEST) {
            return new SessionOffer(null, 413, "Request Entity Too Large");
        }
        if (!type.isEmpty() && !type.equals(ACCEPTED)) {
            return new SessionOffer(null, 415, "Unsupported Media Type");
        }
        try {
            Sdp sdp = Sdp.parse(event.body());
            // a trial with a made-up port: what can't be taken must not reach the reception
            new OfferAnswer(0)
                    .answer(sdp, new LocalAudio(own, 9, SipMedia.formats(codecs), 20, MediaDirection.SENDRECV));
            return new SessionOffer(sdp, 0, "");
        } catch (SdpException e) {
            return new SessionOffer(null, 400, "Bad Session Description");
        } catch (NotAcceptableException e) {
            return new SessionOffer(null, 488, "Not Acceptable Here: " + e.getMessage());
        }
    }
}
