package dev.trunkline.telephony.sip.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session description. Immutable. Lines that telephony has no use for (i, u, e, p, b, r, z, k) are read over and not
 * kept.
 *
 * @param origin whose session it is, and its version
 * @param sessionName {@code -} if there is none
 * @param connection type and address for all sections, such as {@code IN IP4 192.0.2.1}; null if each gives its own
 * @param timing the {@code t=} value
 * @param attributes of the whole session
 * @param media the sections, in order
 */
public record Sdp(
        SdpOrigin origin,
        String sessionName,
        @Nullable String connection,
        String timing,
        List<SdpAttribute> attributes,
        List<SdpMedia> media) {

    /** The content type of a session description. */
    public static final String CONTENT_TYPE = "application/sdp";

    public Sdp {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /**
     * Parses a description.
     *
     * @throws SdpException if it breaks the grammar
     */
    public static Sdp parse(byte[] body) throws SdpException {
        return SdpParser.parse(new String(body, StandardCharsets.UTF_8));
    }

    /**
     * Parses a description.
     *
     * @throws SdpException if it breaks the grammar
     */
    public static Sdp parse(String body) throws SdpException {
        return SdpParser.parse(body);
    }

    static @Nullable String first(List<SdpAttribute> attributes, String name) {
        for (SdpAttribute attribute : attributes) {
            if (attribute.name().equals(name)) {
                return attribute.value();
            }
        }
        return null;
    }

    static @Nullable MediaDirection direction(List<SdpAttribute> attributes) {
        for (SdpAttribute attribute : attributes) {
            MediaDirection direction =
                    attribute.value().isEmpty() ? MediaDirection.ofAttribute(attribute.name()) : null;
            if (direction != null) {
                return direction;
            }
        }
        return null;
    }

    /** The address without its type that counts for a section, empty if neither it nor the session gives one. */
    public String addressOf(SdpMedia section) {
        String line = section.connection() == null ? connection : section.connection();
        if (line == null) {
            return "";
        }
        int space = line.lastIndexOf(' ');
        String address = line.substring(space + 1);
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    /**
     * The direction that counts for a section: its own, else the session's, else both ways. An address of zeros means
     * that its side does not receive (hold in the way of RFC 2543).
     */
    public MediaDirection directionOf(SdpMedia section) {
        MediaDirection direction = section.direction();
        direction = direction == null ? direction(attributes) : direction;
        direction = direction == null ? MediaDirection.SENDRECV : direction;
        String address = addressOf(section);
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return direction.and(MediaDirection.SENDONLY);
        }
        return direction;
    }

    /** The first audio section that is not refused, null if there is none. */
    public @Nullable SdpMedia activeAudio() {
        for (SdpMedia section : media) {
            if (section.type().equals("audio") && section.port() != 0) {
                return section;
            }
        }
        return null;
    }

    /** True if the writer of this description has put the call on hold: its audio does not receive. */
    public boolean holds() {
        SdpMedia audio = activeAudio();
        return audio != null && !directionOf(audio).receives();
    }

    /** The same description with another origin. */
    public Sdp withOrigin(SdpOrigin other) {
        return new Sdp(other, sessionName, connection, timing, attributes, media);
    }

    /** The description as it goes out. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The description as text with CRLF line ends. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(256);
        line(text, 'v', "0");
        line(text, 'o', origin.toString());
        line(text, 's', sessionName);
        if (connection != null) {
            line(text, 'c', connection);
        }
        line(text, 't', timing);
        for (SdpAttribute attribute : attributes) {
            line(text, 'a', attribute.toString());
        }
        for (SdpMedia section : media) {
            line(
                    text,
                    'm',
                    section.type() + " " + section.port() + " " + section.protocol() + " "
                            + String.join(" ", section.formats()));
            String own = section.connection();
            if (own != null) {
                line(text, 'c', own);
            }
            for (SdpAttribute attribute : section.attributes()) {
                line(text, 'a', attribute.toString());
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, char type, String value) {
        text.append(type).append('=').append(value).append("\r\n");
    }
}
