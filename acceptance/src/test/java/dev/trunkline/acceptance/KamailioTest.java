package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Kamailio;
import dev.trunkline.acceptance.server.FreePorts;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kamailio stands in front, with the configuration that we show to others. */
@ExtendWith(SharedServer.class)
class KamailioTest {

    private static final String QUESTION = "What are your opening hours?";

    private final RunningServer server;

    KamailioTest(RunningServer server) {
        this.server = server;
    }

    private static ScriptedCaller calling(Kamailio kamailio, String agent) {
        Counters.CALLS.increment();
        return ScriptedCaller.to(kamailio.address(agent)).maxDuration(Duration.ofSeconds(90));
    }

    @Test
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
                    .containsInOrder("monday nine six friday nine five saturday ten");
            CallReport second = calling(kamailio, "echo").hangUp().run().recognisedBy(Ears::hear);
            assertThatHeard(second.agentWords()).containsInOrder("echo speak hear yourself");
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
}
