package dev.trunkline.acceptance;

import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.caller.ScriptedCaller;
import java.time.Duration;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** How tests call the server, and find what the server wrote of the call. */
final class Telephone {

    private static final Duration WRITTEN = Duration.ofSeconds(20);

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
}
