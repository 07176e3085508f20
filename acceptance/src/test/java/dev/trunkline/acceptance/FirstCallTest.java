package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheLastCall;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallCommand;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.CallTurn;
import dev.trunkline.media.wav.WavFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A telephone rings, and a question is answered. */
@ExtendWith(SharedServer.class)
class FirstCallTest {

    private static final String QUESTION = "What are your opening hours?";
    private static final String ANSWER = "monday nine six friday nine five saturday ten";

    private final RunningServer server;

    FirstCallTest(RunningServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource(
            value = Voice.class,
            names = {"FLITE_RMS", "FLITE_SLT", "ESPEAK_BRITISH", "ESPEAK_AMERICAN"})
    @Cell(
            peer = Peer.OWN_CALLER,
            shows = {Behaviour.CALL, Behaviour.PCMU})
    void theOpeningHoursAreToldToEveryVoice(Voice voice) {
        CallReport report = calling(server, "reception")
                .say(QUESTION, voice.says(QUESTION))
                .run()
                .recognisedBy(Ears::hear);

        assertThat(report.answered()).as("%s", report.outcome()).isTrue();
        assertThatHeard(report.agentTurns().getFirst().words()).containsInOrder("hello practice receptionist");
        CallTurn answer = Objects.requireNonNull(report.answerTo(0), report.agentWords());
        assertThatHeard(answer.words()).containsInOrder(ANSWER);
    }

    @Test
    void theRecordShowsBothTurnsWithTheirLatencies() {
        CallReport report = calling(server, "reception")
                .say(QUESTION, Voice.FLITE_RMS.says(QUESTION))
                .run();
        JsonNode call = recordOfTheLastCall(server.api());

        assertThat(call.get("channel").asString()).isEqualTo("sip");
        assertThat(call.get("agent").asString()).isEqualTo("reception");
        assertThat(call.get("state").asString()).isEqualTo("ended");
        assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        JsonNode asked = CallsApi.turns(call, "caller").getFirst();
        assertThatHeard(asked.get("text").asString()).isLike(QUESTION, 40);
        JsonNode answered = CallsApi.turns(call, "agent").get(1);
        assertThatHeard(answered.get("text").asString()).containsInOrder(ANSWER);
        JsonNode latency = answered.get("latency");
        long measured = Objects.requireNonNull(
                        Objects.requireNonNull(report.answerTo(0)).latency())
                .toMillis();
        assertThat(latency.get("mouthToEar").asLong()).isCloseTo(measured, within(300L));
        assertThat(latency.get("transcription").asLong()).isPositive();
        assertThat(asked.get("latency").get("endOfTurnWait").asLong()).isPositive();
        assertThat(call.get("quality").get("packetsLost").asLong()).isZero();
    }

    @Test
    void theCommandLinePlacesTheSameCall(@TempDir Path folder) throws Exception {
        Path heard = folder.resolve("heard.wav");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Counters.CALLS.increment();

        int code = new CallCommand(server.printedAddress(), Path.of(System.getProperty("trunkline.models.dir")))
                .run(new String[] {"--say", QUESTION, "--record", heard.toString()}, out, out);

        String conversation = printed.toString(StandardCharsets.UTF_8);
        assertThat(code).as(conversation).isEqualTo(CallCommand.FINE);
        assertThat(conversation).contains("you    " + QUESTION).contains("latency: 1 answers");
        assertThatHeard(conversation.substring(conversation.indexOf(QUESTION))).containsInOrder(ANSWER);
        assertThatHeard(Ears.hear(WavFile.read(heard))).containsInOrder("hello " + ANSWER);
    }

    @Test
    void aQuestionThatItCannotAnswerIsSaidToBeOne() {
        String question = "Can you tell me what the weather will be like tomorrow?";
        CallReport report = calling(server, "reception")
                .say(question, Voice.FLITE_SLT.says(question))
                .run()
                .recognisedBy(Ears::hear);

        CallTurn answer = Objects.requireNonNull(report.answerTo(0), report.agentWords());
        assertThatHeard(answer.words()).containsNone("monday", "pounds", "harbour");
        assertThat(answer.words()).containsPattern("(?i)sorry|can't|cannot|don't");
        assertThatHeard(answer.words()).containsInOrder("someone|somebody|person|colleague|connect|message");
    }

    @Test
    void severalQuestionsAreAnsweredInOneCall() {
        String first = "How much is a home visit?";
        String second = "How do I find you?";
        String third = "Thank you, goodbye.";
        CallReport report = calling(server, "reception")
                .say(first, Voice.FLITE_RMS.says(first))
                .say(second, Voice.FLITE_AWB.says(second))
                .say(third, Voice.FLITE_SLT.says(third))
                .stay(Duration.ofSeconds(5))
                .run()
                .recognisedBy(Ears::hear);

        assertThatHeard(report.agentWords()).containsInOrder("visit ninety pounds twelve harbour street goodbye");
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.AGENT);
    }

    @Test
    void healthAndMetricsTellOfIt() {
        assertThat(server.api().get("/health").status()).isEqualTo(200);
        assertThat(server.api().get("/metrics").body()).contains("# HELP");
    }
}
