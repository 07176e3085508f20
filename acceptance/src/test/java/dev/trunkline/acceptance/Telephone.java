package dev.trunkline.acceptance;

import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.caller.ScriptedCaller;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** How tests call the server, and find what the server wrote of the call. */
final class Telephone {

    private static final Duration WRITTEN = Duration.ofSeconds(20);
    private static final Pattern KEYS = Pattern.compile("\\[keys (.+)]");
    private static final Duration SPOKEN = Duration.ofSeconds(40);

    private Telephone() {}

    /** A caller of that agent; counted as a real call. */
    static ScriptedCaller calling(RunningServer server, String agent) {
        Counters.CALLS.increment();
        return ScriptedCaller.to(server.address(agent)).maxDuration(Duration.ofSeconds(120));
    }

    /** The newest call as the server tells of it, when it is over. */
    static JsonNode recordOfTheLastCall(CallsApi api) {
        return Awaitility.await()
                .atMost(WRITTEN)
                .ignoreExceptions()
                .until(api::newestCall, call -> call.has("endedAt"));
    }

    /** The call from that user as the server tells of it, with its turns, while it lasts or after it. */
    static Optional<JsonNode> callFrom(CallsApi api, String user) {
        return api.calls().stream()
                .filter(call -> call.get("from").get("address").asString().startsWith("sip:" + user + "@"))
                .findFirst()
                .map(call -> api.call(call.get("id").asString()));
    }

    /** The call from that user, when it is over. */
    static JsonNode recordOfTheCallFrom(CallsApi api, String user) {
        return Awaitility.await()
                .atMost(WRITTEN)
                .ignoreExceptions()
                .until(
                        () -> callFrom(api, user),
                        call -> call.isPresent() && call.get().has("endedAt"))
                .orElseThrow();
    }

    /** Waits until the agent has finished that many turns in the call from that user. */
    static void awaitAgentTurns(CallsApi api, String user, int turns) {
        Awaitility.await()
                .atMost(SPOKEN)
                .ignoreExceptions()
                .until(() -> callFrom(api, user)
                                .map(call -> CallsApi.turns(call, "agent").size())
                                .orElse(0)
                        >= turns);
    }

    /** The keys that were pressed in a call, as they are recorded. */
    static String keys(JsonNode call) {
        return CallsApi.turns(call, "caller").stream()
                .map(turn -> KEYS.matcher(turn.get("text").asString()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.joining());
    }
}
