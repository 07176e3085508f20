package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallInProgress;
import dev.trunkline.caller.report.CallReport;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The server is killed in the middle of a call. */
class CrashTest {

    private static final String QUESTION = "What are your opening hours?";

    @Test
    void theRecordIsClosedAtTheNextStartAndTheNextCallWorks() {
        try (RunningServer server = RunningServer.start()) {
            CallInProgress call = calling(server, "reception")
                    .say(QUESTION, Voice.FLITE_RMS.says(QUESTION))
                    .stay(Duration.ofMinutes(1))
                    .maxDuration(Duration.ofSeconds(25))
                    .start();
            // both turns are written when the answer has been heard to its end
            String id = await().atMost(Duration.ofSeconds(40))
                    .ignoreExceptions()
                    .until(
                            server.api()::newestCall,
                            c -> CallsApi.turns(c, "agent").size() >= 2)
                    .get("id")
                    .asString();
            await().atMost(Duration.ofSeconds(15)).until(() -> !call.agentSpeaking());

            server.kill();
            server.launch();

            JsonNode crashed = await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> server.api().call(id), c -> c.has("endReason"));
            assertThat(crashed.get("endReason").asString()).isEqualTo("crash");
            assertThatHeard(CallsApi.turns(crashed, "caller")
                            .getFirst()
                            .get("text")
                            .asString())
                    .isLike(QUESTION, 40);
            assertThatHeard(CallsApi.turns(crashed, "agent").get(1).get("text").asString())
                    .containsInOrder("monday nine six");

            CallReport next = calling(server, "reception")
                    .say(QUESTION, Voice.FLITE_SLT.says(QUESTION))
                    .run()
                    .recognisedBy(Ears::hear);
            assertThatHeard(Objects.requireNonNull(next.answerTo(0)).words()).containsInOrder("monday nine six");
            assertThat(call.await().agentTurns()).isNotEmpty();
        }
    }
}
