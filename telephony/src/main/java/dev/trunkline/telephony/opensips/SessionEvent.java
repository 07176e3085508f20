package dev.trunkline.telephony.opensips;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An {@code E_UA_SESSION} event. Immutable.
 *
 * @param key the session
 * @param type what kind of thing happened
 * @param method of the SIP request, or of the request that a response answers
 * @param status of a response, 0 for a request
 * @param headers of the message, empty if OpenSIPS was not told to give them (flag {@code h})
 * @param body of the message, empty if it has none or OpenSIPS was not told to give it (flag {@code b})
 * @param extra what the script passed along, empty if nothing
 */
record SessionEvent(
        String key, Type type, String method, int status, MessageHeaders headers, String body, String extra) {

    static final String NAME = "E_UA_SESSION";

    /** What kind of thing happened. */
    enum Type {
        /** The first INVITE of a session. */
        NEW,
        /** A provisional response to an INVITE of ours. */
        EARLY,
        /** A 2xx to an INVITE of ours. */
        ANSWERED,
        /** A refusal of an INVITE of ours. */
        REJECTED,
        /** A request or response inside the session. */
        UPDATED,
        /** BYE or CANCEL. */
        TERMINATED
    }

    private static final int LONGEST_KEY = 256;

    /** Reads the parameters; null if it is not such an event. */
    static @Nullable SessionEvent of(@Nullable JsonNode params) {
        if (params == null || !params.isObject()) {
            return null;
        }
        String key = text(params, "key");
        Type type = type(text(params, "event_type"));
        if (key.isEmpty() || key.length() > LONGEST_KEY || type == null) {
            return null;
        }
        JsonNode status = params.get("status");
        return new SessionEvent(
                key,
                type,
                text(params, "method").toUpperCase(Locale.ROOT),
                status == null ? 0 : status.asInt(0),
                MessageHeaders.parse(text(params, "headers")),
                text(params, "body"),
                text(params, "extra_params"));
    }

    boolean isRequest() {
        return status == 0;
    }

    private static @Nullable Type type(String word) {
        for (Type type : Type.values()) {
            if (type.name().equalsIgnoreCase(word)) {
                return type;
            }
        }
        return null;
    }

    /** JSON in JSON is passed on as text by some scripts and as an object by others. */
    private static String text(JsonNode params, String name) {
        JsonNode value = params.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
