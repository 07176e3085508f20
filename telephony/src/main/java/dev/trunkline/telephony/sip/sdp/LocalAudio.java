package dev.trunkline.telephony.sip.sdp;

import java.net.InetAddress;
import java.util.List;

/**
 * What this side offers or takes for the one audio stream of a call. Immutable.
 *
 * @param address where media is received, never the wildcard
 * @param port the RTP port, 1 to 65535
 * @param formats codecs in order of preference, telephone-event among them if wanted
 * @param ptime packet length that this side wishes to receive, in ms
 * @param direction what this side wants
 * @param crypto whether it is protected, and with what
 */
public record LocalAudio(
        InetAddress address,
        int port,
        List<RtpFormat> formats,
        int ptime,
        MediaDirection direction,
        LocalCrypto crypto) {

    public LocalAudio {
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException("nobody can send to " + address);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
        formats = List.copyOf(formats);
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("no codec");
        }
    }

    /** Never protected. */
    public LocalAudio(InetAddress address, int port, List<RtpFormat> formats, int ptime, MediaDirection direction) {
        this(address, port, formats, ptime, direction, LocalCrypto.NONE);
    }

    /** PCMU, PCMA and telephone-event at 20 ms, both ways. */
    public static LocalAudio g711(InetAddress address, int port) {
        return new LocalAudio(
                address,
                port,
                List.of(RtpFormat.PCMU, RtpFormat.PCMA, RtpFormat.TELEPHONE_EVENT),
                20,
                MediaDirection.SENDRECV);
    }

    /** The same in another direction. */
    public LocalAudio directed(MediaDirection other) {
        return new LocalAudio(address, port, formats, ptime, other, crypto);
    }
}
