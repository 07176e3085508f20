package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.SharedPeers;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The server with an account at an Asterisk, as with a telephone company: three settings and nothing else. */
@ExtendWith(SharedPeers.class)
class TrunkTest {

    private static final String QUESTION = "What are your opening hours?";
    private static final String REQUEST = "Can I talk to a person, please?";

    private final Asterisk asterisk;

    TrunkTest(Asterisk asterisk) {
        this.asterisk = asterisk;
    }

    private Map<String, String> account(String password) {
        return Map.of(
                "TRUNKLINE_TRUNK_USER",
                "agent",
                "TRUNKLINE_TRUNK_PASSWORD",
                password,
                "TRUNKLINE_TRUNK_REGISTRAR",
                "127.0.0.1:" + asterisk.sipPort(),
                "TRUNKLINE_PERSON",
                "+4930123456");
    }

    private static void awaitTrunk(RunningServer server, String state, String detail) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode part = server.api().json("/health").get("parts").get("trunk.trunk");
            assertThat(part.get("state").asString()).isEqualTo(state);
            assertThat(part.get("detail").asString()).contains(detail);
        });
    }

    private AudioChunk heardAfter(String words) {
        return asterisk.calls("PJSIP/agent")
                .with("QUESTION", Voice.FLITE_RMS.says(words))
                .place("question")
                .heard();
    }

    @Test
    void itIsRegisteredCalledAndCallsAPersonByNumber() {
        try (RunningServer server = RunningServer.start(account(Asterisk.PASSWORD))) {
            awaitTrunk(server, "up", "registered with 127.0.0.1:" + asterisk.sipPort());

            assertThatHeard(Ears.hear(heardAfter(QUESTION))).containsInOrder("hello monday nine saturday ten");
            heardAfter(REQUEST);
            assertThat(asterisk.log()).contains("Executing [+4930123456@called:1]");
            assertThat(server.api().get("/metrics").body()).contains("trunkline_trunk_up{trunk=\"trunk\"} 1.0");
            assertThat(server.output()).doesNotContain(Asterisk.PASSWORD);
        }
        assertThat(asterisk.cli("pjsip show contacts")).doesNotContain("agent/sip:agent@");
    }

    @Test
    void aWrongPasswordIsToldInHealthAndTheServerServesOn() {
        Map<String, String> settings = new TreeMap<>(account("battery staple"));
        settings.put("TRUNKLINE_SPEECH", "stub");
        try (RunningServer server = RunningServer.start(settings)) {
            awaitTrunk(server, "down", "401 wrong user or password");
            JsonNode health = server.api().json("/health");
            assertThat(health.get("status").asString()).isEqualTo("degraded");
            assertThat(server.output() + health).doesNotContain("battery staple");
        }
    }
}
