package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.awaitAgentTurns;
import static dev.trunkline.acceptance.Telephone.keys;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.peer.Baresip;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** baresip, a telephone by other people. */
@PeerTest
class BaresipTest {

    private static final String QUESTION = "How much is a home visit?";
    private static final Prompts.Prompt FIRST = Prompts.named("cannot-complete-as-dialed");
    private static final String FIRST_WORDS = "call cannot be completed";

    private final RunningServer server;

    BaresipTest(RunningServer server) {
        this.server = server;
    }

    @Test
    @Cell(
            peer = Peer.BARESIP,
            shows = {Behaviour.CALL, Behaviour.DTMF})
    void keysAndAQuestionAreAnswered() {
        try (Baresip baresip = Baresip.start(Baresip.Line.PCMU)) {
            baresip.calls(server.address("reception"));
            awaitAgentTurns(server.api(), baresip.user(), 1);
            baresip.presses("4711*");
            awaitAgentTurns(server.api(), baresip.user(), 2);
            baresip.says(Voice.FLITE_RMS.says(QUESTION));
            awaitAgentTurns(server.api(), baresip.user(), 3);
            baresip.hangsUp();

            assertThatHeard(Ears.hear(baresip.heard()))
                    .containsInOrder("hello practice receptionist hello practice receptionist ninety pounds");
            assertThat(keys(recordOfTheCallFrom(server.api(), baresip.user()))).isEqualTo("4711*");
        }
    }

    @Test
    @Cell(
            peer = Peer.BARESIP,
            shows = {Behaviour.HOLD, Behaviour.REINVITE})
    void theLineIsHeldAndTakenBack() {
        try (Baresip baresip = Baresip.start(Baresip.Line.PCMU)) {
            baresip.calls(server.address("reception"));
            awaitAgentTurns(server.api(), baresip.user(), 1);
            baresip.holds();
            baresip.resumes();
            baresip.says(Voice.FLITE_RMS.says(QUESTION));
            awaitAgentTurns(server.api(), baresip.user(), 2);
            baresip.hangsUp();

            assertThat(baresip.output()).contains("a=sendonly", "a=recvonly");
            // when it holds the line it stops to write down what it hears: the rest is in the server's record
            assertThatHeard(Ears.hear(baresip.heard())).containsInOrder("hello practice receptionist");
            JsonNode record = recordOfTheCallFrom(server.api(), baresip.user());
            assertThatHeard(CallsApi.turns(record, "caller")
                            .getLast()
                            .get("text")
                            .asString())
                    .isLike(QUESTION, 40);
            assertThatHeard(CallsApi.turns(record, "agent")
                            .getLast()
                            .get("text")
                            .asString())
                    .containsInOrder("visit ninety pounds");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Baresip.Line.class,
            names = {"PCMU", "PCMA", "G722", "OPUS", "TCP", "TLS", "SRTP"})
    @Cell(
            peer = Peer.BARESIP,
            shows = {Behaviour.PCMU, Behaviour.PCMA, Behaviour.G722, Behaviour.OPUS, Behaviour.TCP, Behaviour.TLS})
    void wordsGoThereAndComeBack(Baresip.Line line) {
        try (Baresip baresip = Baresip.start(line)) {
            boolean tls = line == Baresip.Line.TLS || line == Baresip.Line.SRTP;
            baresip.calls(tls ? server.addressByTls("echo") : server.address("echo"));
            awaitAgentTurns(server.api(), baresip.user(), 1);
            baresip.saysAndWaits(FIRST.sound());
            baresip.hangsUp();

            assertThatHeard(Ears.hear(baresip.heard())).containsInOrder("speak hear " + FIRST_WORDS);
        }
    }
}
