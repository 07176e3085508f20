package dev.trunkline.telephony.sip.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads descriptions line by line; tolerant of bare line feeds, unknown lines and order, strict about o=, c= and m=. */
final class SdpParser {

    private static final int MAX_LINES = 1_000;
    private static final int MAX_MEDIA = 32;

    private @Nullable SdpOrigin origin;
    private String sessionName = "-";
    private @Nullable String connection;
    private String timing = "0 0";
    private final List<SdpAttribute> attributes = new ArrayList<>();
    private final List<SdpMedia> media = new ArrayList<>();

    private @Nullable SdpMedia section;
    private @Nullable String sectionConnection;
    private List<SdpAttribute> sectionAttributes = new ArrayList<>();

    private SdpParser() {}

    static Sdp parse(String text) throws SdpException {
        SdpParser parser = new SdpParser();
        String[] lines = text.split("\r?\n", MAX_LINES + 1);
        if (lines.length > MAX_LINES) {
            throw new SdpException("more than " + MAX_LINES + " lines");
        }
        boolean first = true;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new SdpException("no line of a session description: " + excerpt(line));
            }
            if (first && !line.strip().equals("v=0")) {
                throw new SdpException("does not begin with v=0");
            }
            first = false;
            parser.line(line.charAt(0), line.substring(2).strip());
        }
        return parser.finish();
    }

    private void line(char type, String value) throws SdpException {
        switch (type) {
            case 'o' -> origin = origin(value);
            case 's' -> sessionName = value.isEmpty() ? "-" : value;
            case 'c' -> connection(value);
            case 't' -> timing = value;
            case 'a' -> attribute(value);
            case 'm' -> section(value);
            default -> {}
        }
    }

    private static SdpOrigin origin(String value) throws SdpException {
        String[] parts = value.split(" +");
        if (parts.length != 6) {
            throw new SdpException("bad o= line: " + excerpt(value));
        }
        return new SdpOrigin(parts[0], parts[1], parts[2], parts[3] + " " + parts[4] + " " + parts[5]);
    }

    private void connection(String value) throws SdpException {
        String[] parts = value.split(" +");
        if (parts.length != 3 || !parts[0].equals("IN") || !(parts[1].equals("IP4") || parts[1].equals("IP6"))) {
            throw new SdpException("bad c= line: " + excerpt(value));
        }
        if (section == null) {
            connection = value;
        } else {
            sectionConnection = value;
        }
    }

    private void attribute(String value) {
        int colon = value.indexOf(':');
        SdpAttribute attribute = colon < 0
                ? SdpAttribute.flag(value)
                : new SdpAttribute(
                        value.substring(0, colon).strip(),
                        value.substring(colon + 1).strip());
        (section == null ? attributes : sectionAttributes).add(attribute);
    }

    private void section(String value) throws SdpException {
        finishSection();
        String[] parts = value.split(" +");
        if (parts.length < 4) {
            throw new SdpException("bad m= line: " + excerpt(value));
        }
        if (media.size() >= MAX_MEDIA) {
            throw new SdpException("more than " + MAX_MEDIA + " m= lines");
        }
        int slash = parts[1].indexOf('/');
        int port = number(slash < 0 ? parts[1] : parts[1].substring(0, slash));
        section = new SdpMedia(parts[0], port, parts[2], List.of(parts).subList(3, parts.length), null, List.of());
        sectionConnection = null;
        sectionAttributes = new ArrayList<>();
    }

    private static int number(String text) throws SdpException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through to the same refusal
        }
        throw new SdpException("bad port in m= line: " + excerpt(text));
    }

    private void finishSection() {
        if (section != null) {
            media.add(new SdpMedia(
                    section.type(),
                    section.port(),
                    section.protocol(),
                    section.formats(),
                    sectionConnection,
                    sectionAttributes));
        }
    }

    private Sdp finish() throws SdpException {
        finishSection();
        if (origin == null) {
            throw new SdpException("no o= line");
        }
        for (SdpMedia each : media) {
            if (each.port() != 0 && each.connection() == null && connection == null) {
                throw new SdpException("no c= line for " + each.type());
            }
        }
        return new Sdp(origin, sessionName, connection, timing, attributes, media);
    }

    private static String excerpt(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
