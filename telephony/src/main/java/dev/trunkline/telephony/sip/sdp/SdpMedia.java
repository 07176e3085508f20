package dev.trunkline.telephony.sip.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} section. Immutable.
 *
 * @param type such as {@code audio}
 * @param port 0 to 65535; 0 refuses or ends the stream
 * @param protocol such as {@code RTP/AVP}
 * @param formats payload types or other format words, in order of preference
 * @param connection address of this section, null if the session's counts
 * @param attributes in order
 */
public record SdpMedia(
        String type,
        int port,
        String protocol,
        List<String> formats,
        @Nullable String connection,
        List<SdpAttribute> attributes) {

    public SdpMedia {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** This section refused: port 0, its formats repeated as RFC 3264 wants. */
    public SdpMedia refused() {
        return new SdpMedia(type, 0, protocol, formats, null, List.of());
    }

    /** The value of the first attribute of that name (empty for a flag), null if there is none. */
    public @Nullable String attribute(String name) {
        return Sdp.first(attributes, name);
    }

    /** The direction given in this section, null if it gives none. */
    public @Nullable MediaDirection direction() {
        return Sdp.direction(attributes);
    }

    /**
     * The formats that are payload types, in order, with the names that {@code rtpmap} or RFC 3551 gives them; dynamic
     * ones without a map and those that can't be read are left out.
     */
    public List<RtpFormat> rtpFormats() {
        List<RtpFormat> found = new ArrayList<>(formats.size());
        for (String format : formats) {
            int payloadType = payloadType(format);
            if (payloadType < 0) {
                continue;
            }
            RtpFormat mapped = null;
            String parameters = "";
            for (SdpAttribute attribute : attributes) {
                int space = attribute.value().indexOf(' ');
                if (space < 0 || payloadType(attribute.value().substring(0, space)) != payloadType) {
                    continue;
                }
                if (attribute.name().equals("rtpmap")) {
                    mapped = RtpFormat.parse(
                            payloadType, attribute.value().substring(space + 1).strip());
                } else if (attribute.name().equals("fmtp")) {
                    parameters = attribute.value().substring(space + 1).strip();
                }
            }
            mapped = mapped == null ? RtpFormat.wellKnown(payloadType) : mapped;
            if (mapped != null) {
                found.add(mapped.withParameters(parameters));
            }
        }
        return found;
    }

    private static int payloadType(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > 127 ? -1 : value;
    }
}
