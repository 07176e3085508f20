package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheLastCall;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.CallTurn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The caller talks the agent down in the middle of a long answer. */
@ExtendWith(SharedServer.class)
class BargeInTest {

    private static final String LONG_ANSWER = "How do I find you?";
    private static final String INTERRUPTION = "Wait, how much is a home visit?";

    private final RunningServer server;

    BargeInTest(RunningServer server) {
        this.server = server;
    }

    @Test
    void theVoiceStopsAndTheNewQuestionIsAnswered() {
        CallReport report = calling(server, "reception")
                .say(LONG_ANSWER, Voice.FLITE_RMS.says(LONG_ANSWER))
                .interruptAfter(Duration.ofMillis(2500), INTERRUPTION, Voice.FLITE_SLT.says(INTERRUPTION))
                .run()
                .recognisedBy(Ears::hear);

        List<CallTurn> agent = report.agentTurns();
        CallTurn interruption = report.callerTurns().get(1);
        CallTurn cutShort = agent.stream()
                .filter(t -> t.start().compareTo(interruption.start()) < 0)
                .reduce((first, second) -> second)
                .orElseThrow();
        CallTurn answer = agent.getLast();

        Duration stopped = cutShort.end().minus(interruption.start());
        System.out.println("the voice stopped " + stopped.toMillis() + " ms after the interruption began");
        assertThat(stopped).isBetween(Duration.ZERO, Duration.ofMillis(900));
        assertThatHeard(cutShort.words()).containsInOrder("harbour").containsNone("bus", "door");
        assertThat(answer.start()).isGreaterThan(interruption.end());
        assertThatHeard(answer.words()).containsInOrder("visit ninety pounds");

        JsonNode call = recordOfTheLastCall(server.api());
        List<JsonNode> recorded = CallsApi.turns(call, "agent");
        JsonNode interrupted = recorded.stream()
                .filter(t -> t.get("interrupted").asBoolean())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no turn was interrupted in " + call));
        assertThatHeard(interrupted.get("text").asString())
                .containsInOrder("harbour")
                .containsNone("bus", "door")
                .isLike(cutShort.words(), 35);
        assertThatHeard(recorded.getLast().get("text").asString()).containsInOrder("visit ninety pounds");
    }
}
