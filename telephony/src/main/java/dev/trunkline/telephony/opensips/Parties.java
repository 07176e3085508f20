package dev.trunkline.telephony.opensips;

import dev.trunkline.core.call.Party;
import dev.trunkline.telephony.sip.message.NameAddress;
import dev.trunkline.telephony.sip.message.SipParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who calls whom, out of a session's first event. Immutable.
 *
 * @param from the caller
 * @param to who was dialled
 * @param dialled the agent's name or number
 */
record Parties(Party from, Party to, String dialled) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

    /**
     * Reads them. The agent is the first of: {@code agent} or {@code flavor} in the JSON that the script passed; the word
     * that it passed; the agent of the settings; {@code dialled} in that JSON; the user of To.
     */
    static Parties of(SessionEvent event, @Nullable String standardAgent) {
        NameAddress from = address(event.headers().get("from"));
        NameAddress to = address(event.headers().get("to"));
        return new Parties(party(from), party(to), dialled(event.extra().strip(), standardAgent, to));
    }

    private static String dialled(String extra, @Nullable String standardAgent, @Nullable NameAddress to) {
        String number = "";
        if (extra.startsWith("{")) {
            JsonNode fields = json(extra);
            for (String name : new String[] {"agent", "flavor"}) {
                String agent = word(fields, name);
                if (!agent.isEmpty()) {
                    return agent;
                }
            }
            number = word(fields, "dialled");
        } else if (WORD.matcher(extra).matches()) {
            return extra;
        }
        if (standardAgent != null) {
            return standardAgent;
        }
        if (!number.isEmpty()) {
            return number;
        }
        return to == null ? "" : to.uri().userName();
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String word(@Nullable JsonNode fields, String name) {
        JsonNode value = fields == null ? null : fields.get(name);
        return value != null && value.isString() ? value.asString().strip() : "";
    }

    private static @Nullable NameAddress address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return NameAddress.parse(text);
        } catch (SipParseException e) {
            return null;
        }
    }

    private static Party party(@Nullable NameAddress address) {
        return address == null
                ? Party.UNKNOWN
                : new Party(address.uri().asRequestUri().toString(), address.displayName());
    }
}
