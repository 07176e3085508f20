package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.awaitAgentTurns;
import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.Baresip;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.report.CallReport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The server asks the caller's side to go to the person itself, who lives on an Asterisk; who does not go is bridged. */
@PeerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferTest {

    private final Asterisk asterisk;
    private final RunningServer server;

    TransferTest(Asterisk asterisk) {
        this.asterisk = asterisk;
        this.server = RunningServer.start(
                Map.of("TRUNKLINE_PERSON", asterisk.address("person"), "TRUNKLINE_TRANSFER", "auto"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Cell(peer = Peer.BARESIP, shows = Behaviour.TRANSFER)
    void baresipIsSentToThePersonAndGoesThere() {
        try (Baresip baresip = Baresip.start(Baresip.Line.PCMU)) {
            baresip.calls(server.address("reception"));
            awaitAgentTurns(server.api(), baresip.user(), 1);
            baresip.presses("0");
            JsonNode record = recordOfTheCallFrom(server.api(), baresip.user());
            assertThat(record.get("endReason").asString()).isEqualTo("transferred");
            // the recording of the second call: it has lasted when the person has spoken
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThatHeard(Ears.hear(baresip.heard())).containsInOrder("no matches"));
        }
    }

    @Test
    void whoRefusesToGoIsBridged() {
        CallReport report = calling(server, "reception")
                .keys("0")
                .stay(Duration.ofSeconds(16))
                .run()
                .recognisedBy(Ears::hear);

        assertThatHeard(report.agentWords()).containsInOrder("hello no matches");
    }
}
