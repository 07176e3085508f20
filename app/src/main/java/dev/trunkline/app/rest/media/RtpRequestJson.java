package dev.trunkline.app.rest.media;

import dev.trunkline.app.rest.BadRequestException;
import dev.trunkline.core.call.Party;
import dev.trunkline.media.codec.CodecType;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.engine.AudioPayload;
import dev.trunkline.telephony.rtp.RtpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a media server asks for, in JSON. Every field may be absent; one that is not known is refused, because a misspelt
 * one would be a call with the wrong codec or agent.
 */
final class RtpRequestJson {

    private static final String DEFAULT_AGENT = "reception";
    private static final int DIGITS = 101;
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "agent",
            "codec",
            "payloadType",
            "dtmfPayloadType",
            "ptime",
            "remoteAddress",
            "remotePort",
            "symmetric",
            "caller",
            "callerName",
            "called",
            "idleTimeout"));

    /** What Asterisk and others call them. */
    private static final Map<String, String> OTHER_NAMES = Map.of("ulaw", "PCMU", "mulaw", "PCMU", "alaw", "PCMA");

    private final JsonNode fields;

    private RtpRequestJson(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * Reads a request.
     *
     * @throws BadRequestException with what is wrong
     */
    static RtpRequest read(@Nullable String body) {
        try {
            JsonNode root = JsonMapper.shared().readTree(body == null || body.isBlank() ? "{}" : body);
            if (!root.isObject()) {
                throw new BadRequestException("A JSON object is expected.");
            }
            for (String name : root.propertyNames()) {
                if (!KNOWN.contains(name)) {
                    throw new BadRequestException(
                            "There is no field " + name + "; known are " + String.join(", ", KNOWN) + ".");
                }
            }
            return new RtpRequestJson(root).request();
        } catch (JacksonException e) {
            // curl calls its data a form if it isn't told otherwise, and forms are read as such
            throw new BadRequestException("The body is not JSON, or was not sent as Content-Type application/json: "
                    + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("Refused: " + e.getMessage() + ".");
        }
    }

    private RtpRequest request() {
        String agent = text("agent", DEFAULT_AGENT);
        CodecType codec = codec(text("codec", "pcmu"));
        return new RtpRequest(
                agent,
                new AudioPayload(number("payloadType", codec.payloadType()), codec),
                fields.has("dtmfPayloadType") && fields.get("dtmfPayloadType").isNull()
                        ? OptionalInt.empty()
                        : OptionalInt.of(number("dtmfPayloadType", DIGITS)),
                Duration.ofMillis(number("ptime", 20)),
                remote(),
                flag("symmetric", true),
                new Party(text("caller", ""), text("callerName", "")),
                new Party(text("called", agent), ""),
                Duration.ofSeconds(number("idleTimeout", (int) RtpRequest.DEFAULT_IDLE.toSeconds())));
    }

    private static CodecType codec(String name) {
        String wanted = OTHER_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        return Codecs.all().stream()
                .filter(codec -> codec.name().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("There is no codec " + name + "; known are "
                        + Codecs.all().stream()
                                .map(codec -> codec.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private @Nullable InetSocketAddress remote() {
        if (!fields.has("remoteAddress") && !fields.has("remotePort")) {
            return null;
        }
        String address = text("remoteAddress", "");
        int port = number("remotePort", 0);
        if (port < 1 || port > 65_535) {
            throw new BadRequestException("remoteAddress and remotePort belong together; the port is 1 to 65535.");
        }
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("remoteAddress must be an IP address, not a name.");
        }
    }

    private String text(String name, String otherwise) {
        JsonNode value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isString() || value.asString().length() > 256) {
            throw new BadRequestException(name + " must be text of at most 256 characters.");
        }
        return value.asString();
    }

    private int number(String name, int otherwise) {
        JsonNode value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt()) {
            throw new BadRequestException(name + " must be a whole number.");
        }
        return value.asInt();
    }

    private boolean flag(String name, boolean otherwise) {
        JsonNode value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new BadRequestException(name + " must be true or false.");
        }
        return value.asBoolean();
    }
}
