package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.keys;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.peer.Sipp;
import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Calls by SIPp, with its own SIP, SDP and RTP: a peer that shares no line with us. It speaks recordings but keeps none, so what it
 * was told is taken from the server's record.
 */
@PeerTest
class SippTest {

    private static final String QUESTION = "How much is a home visit?";

    private final RunningServer server;

    SippTest(RunningServer server) {
        this.server = server;
    }

    private static void assertThatTheQuestionWasAnswered(JsonNode call) {
        assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        assertThatHeard(CallsApi.turns(call, "caller").getLast().get("text").asString())
                .isLike(QUESTION, 40);
        assertThatHeard(CallsApi.turns(call, "agent").getLast().get("text").asString())
                .containsInOrder("visit ninety pounds");
        assertThat(call.get("quality").get("packetsReceived").asLong()).isGreaterThan(200);
    }

    private List<JsonNode> recordsOf(Sipp sipp, int calls) {
        CallsApi api = server.api();
        return await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(
                        () -> api.calls().stream()
                                .filter(c ->
                                        c.get("from").get("address").asString().startsWith("sip:" + sipp.user() + "@"))
                                .map(c -> api.call(c.get("id").asString()))
                                .toList(),
                        all -> all.stream().filter(c -> c.has("endedAt")).count() >= calls);
    }

    @Test
    @Cell(
            peer = Peer.SIPP,
            shows = {Behaviour.CALL, Behaviour.PCMU})
    void fiftyCallAtOnceAndFiveOfThemAskSomething() {
        AudioChunk question = Voice.FLITE_RMS.says(QUESTION);
        Sipp asking = new Sipp("question")
                .withSound("question.ulaw", question, 15_000)
                .calls(5, 1);
        Sipp speaking = new Sipp("speaks")
                .withSound("speech.ulaw", Prompts.named("pls-hold-while-try").sound(), 9_000)
                .calls(45, 9);

        Sipp.Running many = speaking.start("echo", server.sipPort());
        asking.call("reception", server.sipPort());
        many.await();

        List<JsonNode> asked = recordsOf(asking, 5);
        assertThat(asked).hasSize(5).allSatisfy(SippTest::assertThatTheQuestionWasAnswered);
        assertThat(recordsOf(speaking, 45)).hasSize(45).allSatisfy(call -> {
            assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
            assertThat(call.get("quality").get("packetsLost").asLong()).isZero();
            assertThat(call.get("quality").get("packetsReceived").asLong()).isGreaterThan(400);
            assertThat(call.get("quality").get("packetsSent").asLong()).isGreaterThan(800);
        });
    }

    @Test
    @Cell(
            peer = Peer.SIPP,
            shows = {Behaviour.HOLD, Behaviour.DTMF, Behaviour.REINVITE, Behaviour.PCMA})
    void theLineIsHeldAndTakenBackInAnotherCodecAndRefreshedAndKeysComeByInfo() {
        Sipp sipp = new Sipp("line").withSound("question.alaw", Voice.FLITE_RMS.says(QUESTION), 9_000);

        sipp.call("reception", server.sipPort());

        JsonNode call = recordOfTheCallFrom(server.api(), sipp.user());
        assertThat(keys(call)).isEqualTo("471");
        assertThatTheQuestionWasAnswered(call);
    }

    @Test
    @Cell(peer = Peer.SIPP, shows = Behaviour.TCP)
    void aQuestionIsAnsweredOverOneConnectionAndOverSeveral() {
        AudioChunk question = Voice.FLITE_RMS.says(QUESTION);
        Sipp one = new Sipp("question")
                .withSound("question.ulaw", question, 15_000)
                .calls(2, 1)
                .overTcp();
        Sipp several = new Sipp("question")
                .withSound("question.ulaw", question, 15_000)
                .calls(2, 1)
                .overManyConnections();

        Sipp.Running overOne = one.start("reception", server.sipPort());
        several.call("reception", server.sipPort());
        overOne.await();

        assertThat(recordsOf(one, 2)).hasSize(2).allSatisfy(SippTest::assertThatTheQuestionWasAnswered);
        assertThat(recordsOf(several, 2)).hasSize(2).allSatisfy(SippTest::assertThatTheQuestionWasAnswered);
    }

    @Test
    @Cell(peer = Peer.SIPP, shows = Behaviour.CANCEL)
    void twentyGiveUpAtOnceAndNothingStaysBehind() {
        Sipp sipp = new Sipp("cancel").calls(20, 20);

        sipp.call("reception", server.sipPort());

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> recordsOf(sipp, 0).stream().allMatch(c -> c.has("endedAt")));
    }
}
