package dev.trunkline.telephony.sip;

import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.media.engine.EventPayload;
import dev.trunkline.media.engine.MediaDirection;
import dev.trunkline.media.engine.ReportPath;
import dev.trunkline.media.engine.RtpParameters;
import dev.trunkline.telephony.sip.message.HostPort;
import dev.trunkline.telephony.sip.sdp.NegotiatedAudio;
import dev.trunkline.telephony.sip.sdp.RtpFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Says in the words of the media engine what offer and answer have settled. */
public final class SipMedia {

    private SipMedia() {}

    /**
     * What we offer and take: those codecs, best first; comfort noise, for peers that pause when nobody speaks; and
     * telephone-events in the clock of each codec.
     */
    public static List<RtpFormat> formats(List<CodecType> codecs) {
        List<RtpFormat> formats = new ArrayList<>();
        List<RtpFormat> events = new ArrayList<>();
        for (CodecType codec : codecs) {
            formats.add(new RtpFormat(
                    codec.payloadType(), codec.name(), codec.clockRate(), codec.channels(), codec.parameters()));
            RtpFormat event = RtpFormat.telephoneEvent(codec.clockRate());
            if (!events.contains(event)) {
                events.add(event);
            }
        }
        if (events.contains(RtpFormat.TELEPHONE_EVENT)) {
            formats.add(RtpFormat.COMFORT_NOISE);
        }
        formats.addAll(events);
        return formats;
    }

    /**
     * The parameters of the session.
     *
     * @param before where the peer was until now: what counts when it names no usable address (hold with zeros)
     */
    public static RtpParameters parameters(NegotiatedAudio audio, @Nullable InetSocketAddress before) {
        InetSocketAddress remote = remote(audio);
        return new RtpParameters(
                remote == null ? before : remote,
                payload(audio.sending()),
                audio.receiving().stream()
                        .filter(SipMedia::isVoice)
                        .map(SipMedia::payload)
                        .toList(),
                number(audio.sendingEvents()),
                audio.receiving().stream()
                        .filter(RtpFormat::isTelephoneEvent)
                        .map(format -> new EventPayload(format.payloadType(), format.clockRate()))
                        .toList(),
                direction(audio),
                Duration.ofMillis(audio.ptime()),
                reports(audio));
    }

    private static ReportPath reports(NegotiatedAudio audio) {
        if (audio.rtcpMux()) {
            return ReportPath.MUXED;
        }
        boolean elsewhere = !audio.remoteRtcpAddress().isEmpty()
                && !audio.remoteRtcpAddress().equals(audio.remoteAddress());
        if (!elsewhere && audio.remoteRtcpPort() == audio.remotePort() + 1) {
            return ReportPath.NEXT_PORT;
        }
        InetSocketAddress remote =
                place(elsewhere ? audio.remoteRtcpAddress() : audio.remoteAddress(), audio.remoteRtcpPort());
        return remote == null ? ReportPath.NEXT_PORT : new ReportPath(false, remote);
    }

    private static boolean isVoice(RtpFormat format) {
        return Codecs.byName(format.name(), format.clockRate()).isPresent();
    }

    private static AudioPayload payload(RtpFormat format) {
        return new AudioPayload(
                format.payloadType(),
                Codecs.byName(format.name(), format.clockRate()).orElseThrow(),
                format.parameters());
    }

    private static OptionalInt number(@Nullable RtpFormat format) {
        return format == null ? OptionalInt.empty() : OptionalInt.of(format.payloadType());
    }

    private static MediaDirection direction(NegotiatedAudio audio) {
        return switch (audio.direction()) {
            case SENDRECV -> MediaDirection.SEND_RECEIVE;
            case SENDONLY -> MediaDirection.SEND_ONLY;
            case RECVONLY -> MediaDirection.RECEIVE_ONLY;
            case INACTIVE -> MediaDirection.INACTIVE;
        };
    }

    /** Null for a name (its packets will show where it is: a look-up could block) and for what nobody can listen on. */
    private static @Nullable InetSocketAddress remote(NegotiatedAudio audio) {
        return place(audio.remoteAddress(), audio.remotePort());
    }

    private static @Nullable InetSocketAddress place(String text, int port) {
        HostPort place = new HostPort(text.indexOf(':') >= 0 ? "[" + text + "]" : text, port);
        if (!place.isNumeric()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(place.bareHost());
            if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                return null;
            }
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
