package dev.trunkline.telephony.sip.sdp;

import dev.trunkline.media.srtp.SrtpKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange of offer and answer has settled for the audio stream. Immutable.
 *
 * @param remoteAddress where the peer wants media: an address in numbers or a name; symmetric RTP may correct it
 * @param remotePort the peer's RTP port
 * @param remoteRtcpAddress where the peer wants RTCP if it says so (RFC 3605), empty for the address of the sound
 * @param remoteRtcpPort the peer's RTCP port
 * @param rtcpMux whether both put RTCP on the port of the sound (RFC 5761)
 * @param sending the codec to send, under the peer's number
 * @param sendingEvents RFC 4733 events under the peer's number, null if the peer takes none
 * @param receiving what may arrive, under our numbers, events among them
 * @param ptime length of the packets to send, in ms: 10 to 60
 * @param direction what this side now does
 * @param protection the keys of SRTP, null for plain RTP
 */
public record NegotiatedAudio(
        String remoteAddress,
        int remotePort,
        String remoteRtcpAddress,
        int remoteRtcpPort,
        boolean rtcpMux,
        RtpFormat sending,
        @Nullable RtpFormat sendingEvents,
        List<RtpFormat> receiving,
        int ptime,
        MediaDirection direction,
        @Nullable SrtpKeys protection) {

    public NegotiatedAudio {
        receiving = List.copyOf(receiving);
    }

    /** True if the peer does not want to hear us now. */
    public boolean isHeld() {
        return !direction.sends();
    }
}
