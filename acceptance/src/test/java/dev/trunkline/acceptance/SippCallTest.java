package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Sipp;
import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Voice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Calls by SIPp, with its own SIP, SDP and RTP: a peer that shares no line with us. */
@ExtendWith(SharedServer.class)
class SippCallTest {

    private static final int CALLS = 3;
    private static final String QUESTION = "What are your opening hours?";

    private final RunningServer server;

    SippCallTest(RunningServer server) {
        this.server = server;
    }

    @Test
    void threeCallersAskAtOnceAndEachIsUnderstoodAndAnswered() {
        Sipp sipp = new Sipp("question").withSound("question.ulaw", Voice.FLITE_RMS.says(QUESTION), 10_000);

        assertThat(sipp.call("reception", server.sipPort(), CALLS))
                .as("%s", sipp.errors())
                .isZero();

        CallsApi api = server.api();
        List<JsonNode> calls = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> api.calls().stream()
                                .filter(c ->
                                        c.get("from").get("address").asString().contains("sipp"))
                                .map(c -> api.call(c.get("id").asString()))
                                .toList(),
                        all -> all.stream().filter(c -> c.has("endedAt")).count() >= CALLS);
        assertThat(calls).hasSize(CALLS);
        for (JsonNode call : calls) {
            assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
            assertThatHeard(CallsApi.turns(call, "caller")
                            .getFirst()
                            .get("text")
                            .asString())
                    .isLike(QUESTION, 40);
            assertThatHeard(CallsApi.turns(call, "agent").get(1).get("text").asString())
                    .containsInOrder("monday nine six");
            assertThat(call.get("quality").get("packetsReceived").asLong()).isGreaterThan(400);
        }
    }
}
