package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.Baresip;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallInProgress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The server calls other people's programs: the person that callers are connected to has one address, and one after the other
 * lives there.
 */
@PeerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class CalledPersonTest {

    private static final Prompts.Prompt GREETING = Prompts.named("cannot-complete-as-dialed");

    private final int port = FreePorts.udpAndTcp();
    private final RunningServer server =
            RunningServer.start(Map.of("TRUNKLINE_PERSON", "sip:person@127.0.0.1:" + port));

    @AfterAll
    void stop() {
        server.close();
    }

    /** Somebody who asks for the person by a key. */
    private CallInProgress asking() {
        return calling(server, "reception")
                .keys("0")
                .stay(Duration.ofSeconds(60))
                .maxDuration(Duration.ofSeconds(60))
                .start();
    }

    @Test
    @Cell(
            peer = Peer.BARESIP,
            shows = {Behaviour.CALL, Behaviour.CANCEL})
    void baresipRingsIsGivenUpRingsAgainAndTalks() {
        try (Baresip baresip = Baresip.at("person", port, Baresip.Line.PCMU)) {
            CallInProgress impatient = asking();
            baresip.awaitEvent("CALL_INCOMING");
            impatient.hangUp();
            baresip.awaitEvent("CALL_CLOSED");
            baresip.forgetsEvents();

            CallInProgress patient = asking();
            baresip.answers();
            baresip.saysAndWaits(GREETING.sound());
            baresip.hangsUp();
            patient.hangUp();
            assertThatHeard(Ears.hear(patient.await().heard()))
                    .containsInOrder("hello connecting call cannot be completed");
        }
    }

    @Test
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.CANCEL)
    void asteriskRingsAndIsGivenUp() {
        try (Asterisk asterisk = Asterisk.start(Map.of("SIP", Integer.toString(port)))) {
            CallInProgress impatient = asking();
            await().atMost(Duration.ofSeconds(40)).until(() -> asterisk.log().contains("Executing [person@called:2]"));
            impatient.hangUp();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> asterisk.cli("core show channels").contains("0 active channels"));
            assertThat(asterisk.log()).doesNotContain("Executing [person@called:3]");
        }
    }
}
