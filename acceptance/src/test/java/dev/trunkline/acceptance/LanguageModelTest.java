package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheLastCall;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallInProgress;
import dev.trunkline.caller.report.CallReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reception thinks with a language model that streams. */
class LanguageModelTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String QUESTION = "Do you sell garden furniture?";
    private static final String FIRST = "Yes, we sell wooden tables. ";
    private static final String LAST = "The green chairs come next summer.";

    @Test
    void theFirstSentenceIsHeardWhileTheLastIsNotWritten() throws IOException {
        CountDownLatch firstWasHeard = new CountDownLatch(1);
        ChatDouble.Script script = request -> {
            request.begin();
            request.text(FIRST);
            if (firstWasHeard.await(60, TimeUnit.SECONDS)) {
                request.text(LAST);
                request.finish();
            }
        };
        try (ChatDouble model = new ChatDouble(script);
                RunningServer server = RunningServer.start(model.settings())) {
            CallInProgress call = calling(server, "reception")
                    .say(QUESTION, Voice.FLITE_RMS.says(QUESTION))
                    .stay(Duration.ofSeconds(40))
                    .start();
            await().atMost(SOON).until(call::agentHeard);
            await().atMost(SOON).until(() -> !call.agentSpeaking());
            await().atMost(SOON).until(call::agentSpeaking);
            await().atMost(SOON).until(() -> !call.agentSpeaking());
            firstWasHeard.countDown();
            await().atMost(SOON).until(call::agentSpeaking);
            await().atMost(SOON).until(() -> !call.agentSpeaking());
            call.hangUp();
            CallReport report = call.await().recognisedBy(Ears::hear);

            // the last sentence was not written before the first had been heard to its end
            assertThatHeard(report.agentWords()).containsInOrder("wooden tables green chairs");

            List<ChatDouble.Message> messages = model.requests().getLast().messages();
            System.out.println("asked " + model.requests().size() + " times, at last " + messages);
            assertThat(messages.getFirst().role()).isIn("system", "developer");
            assertThat(messages.getFirst().content()).contains("receptionist", "telephone");
            assertThat(messages)
                    .filteredOn(m -> m.role().equals("user") && !m.content().startsWith("["))
                    .singleElement()
                    .satisfies(m -> assertThatHeard(m.content()).containsInOrder("garden furniture"));
            JsonNode record = recordOfTheLastCall(server.api());
            assertThat(record.get("mind").asString()).startsWith("llm:");
        }
    }

    @Test
    void anInterruptedAnswerIsAbandonedAndRememberedAsFarAsItWasHeard() throws IOException {
        String interruption = "Wait, how much is the ticket?";
        ChatDouble.Script script = request -> {
            request.begin();
            if (request.question().contains("ticket")) {
                request.text("A ticket costs seven pounds.");
                request.finish();
                return;
            }
            request.text("The museum shows old wooden ships from every corner of the northern sea. ");
            request.text("On the second floor there are paintings of captains, sailors and their families. ");
            request.text("In the garden you find an enormous iron anchor.");
            request.waitUntilAbandoned();
        };
        String question = "What can I see in the museum?";
        try (ChatDouble model = new ChatDouble(script);
                RunningServer server = RunningServer.start(model.settings())) {
            CallReport report = calling(server, "reception")
                    .say(question, Voice.FLITE_RMS.says(question))
                    .interruptAfter(Duration.ofMillis(2500), interruption, Voice.FLITE_SLT.says(interruption))
                    .run()
                    .recognisedBy(Ears::hear);

            assertThatHeard(report.agentTurns().getLast().words()).containsInOrder("ticket seven pounds");
            assertThatHeard(report.agentWords()).containsNone("anchor");
            List<ChatDouble.Request> about = model.requests().stream()
                    .filter(r -> !r.question().contains("ticket"))
                    .toList();
            assertThat(about).isNotEmpty();
            await().atMost(SOON).untilAsserted(() -> assertThat(about).allMatch(ChatDouble.Request::abandoned));

            List<ChatDouble.Message> history = model.requests().getLast().messages();
            System.out.println("asked " + model.requests().size() + " times, at last " + history);
            assertThat(history)
                    .filteredOn(m -> m.role().equals("user") && !m.content().startsWith("["))
                    .hasSize(2);
            List<ChatDouble.Message> said =
                    history.stream().filter(m -> m.role().equals("assistant")).toList();
            assertThat(said).hasSize(2);
            assertThatHeard(said.getLast().content())
                    .containsInOrder("museum shows")
                    .containsNone("captains", "anchor");
        }
    }
}
