package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.awaitAgentTurns;
import static dev.trunkline.acceptance.Telephone.callFrom;
import static dev.trunkline.acceptance.Telephone.keys;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Baresip;
import dev.trunkline.acceptance.peer.Kamailio;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.peer.Sipp;
import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Kamailio stands in front, with the configuration that we show to others. */
@PeerTest
class KamailioTest {

    private static final String QUESTION = "How much is a home visit?";

    private final RunningServer server;

    KamailioTest(RunningServer server) {
        this.server = server;
    }

    private static ScriptedCaller calling(Kamailio kamailio, String agent) {
        Counters.CALLS.increment();
        return ScriptedCaller.to(kamailio.address(agent)).maxDuration(Duration.ofSeconds(90));
    }

    @Test
    @Cell(
            peer = Peer.KAMAILIO,
            shows = {Behaviour.CALL, Behaviour.PCMU})
    void theNextTrunklineTakesTheCallWhenOneIsSilent() {
        // the probes would find it out before the call does
        try (Kamailio kamailio = Kamailio.before(Map.of("PROBE_SECONDS", "3600"), FreePorts.udp(), server.sipPort())) {
            CallReport report = calling(kamailio, "reception")
                    .say(QUESTION, Voice.FLITE_RMS.says(QUESTION))
                    .run()
                    .recognisedBy(Ears::hear);

            assertThat(report.answered()).as(kamailio.tail()).isTrue();
            assertThatHeard(Objects.requireNonNull(report.answerTo(0), report.agentWords())
                            .words())
                    .containsInOrder("visit ninety pounds");
            CallReport second = calling(kamailio, "echo").hangUp().run().recognisedBy(Ears::hear);
            assertThatHeard(second.agentWords()).containsInOrder("echo speak hear");
            // of two calls in turns one came upon the silent one, and only one
            assertThat(kamailio.log().lines().filter(l -> l.contains(" goes on to ")))
                    .as(kamailio.tail())
                    .hasSize(1);
        }
    }

    @Test
    void aCallIsRefusedWhenNoTrunklineAnswersTheProbes() {
        try (Kamailio kamailio = Kamailio.before(FreePorts.udp())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> calling(kamailio, "reception").run().code() == 503);
            assertThat(kamailio.log()).contains("no Trunkline is there");
        }
    }

    @Test
    void whatTheAgentRefusesIsNotTriedElsewhere() {
        try (Kamailio kamailio = Kamailio.before(server.sipPort(), server.sipPort())) {
            assertThat(calling(kamailio, "nobody").run().code()).isEqualTo(404);
            assertThat(kamailio.log()).doesNotContain(" goes on to ");
        }
    }

    @Test
    @Cell(
            peer = Peer.KAMAILIO,
            shows = {Behaviour.HOLD, Behaviour.DTMF, Behaviour.REINVITE, Behaviour.PCMA})
    void theLineIsHeldAndTakenBackInAnotherCodecAndKeysComeByInfo() {
        Sipp sipp = new Sipp("line").withSound("question.alaw", Voice.FLITE_RMS.says(QUESTION), 9_000);
        try (Kamailio kamailio = Kamailio.before(server.sipPort())) {
            sipp.call("reception", kamailio.sipPort());
        }

        JsonNode call = recordOfTheCallFrom(server.api(), sipp.user());
        assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        assertThat(keys(call)).isEqualTo("471");
        assertThatHeard(CallsApi.turns(call, "agent").getLast().get("text").asString())
                .containsInOrder("visit ninety pounds");
    }

    @Test
    @Cell(peer = Peer.KAMAILIO, shows = Behaviour.CANCEL)
    void twentyGiveUpAtOnceAndNothingStaysBehind() {
        Sipp sipp = new Sipp("cancel").calls(20, 20);
        try (Kamailio kamailio = Kamailio.before(server.sipPort())) {
            sipp.call("reception", kamailio.sipPort());
        }

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> callFrom(server.api(), sipp.user())
                        .map(call -> call.has("endedAt"))
                        .orElse(true));
    }

    @ParameterizedTest
    @EnumSource(
            value = Baresip.Line.class,
            names = {"TCP", "G722", "OPUS"})
    @Cell(
            peer = Peer.KAMAILIO,
            shows = {Behaviour.TCP, Behaviour.G722, Behaviour.OPUS})
    void wordsGoThereAndComeBack(Baresip.Line line) {
        Prompts.Prompt prompt = Prompts.named("cannot-complete-as-dialed");
        try (Kamailio kamailio = Kamailio.before(server.sipPort());
                Baresip baresip = Baresip.start(line)) {
            baresip.calls(kamailio.address("echo"));
            awaitAgentTurns(server.api(), baresip.user(), 1);
            baresip.saysAndWaits(prompt.sound());
            baresip.hangsUp();

            assertThatHeard(Ears.hear(baresip.heard())).containsInOrder("speak hear call cannot be completed");
        }
    }
}
