package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.SharedPeers;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.sound.AudioChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asterisk calls the server as a trunk does. */
@ExtendWith({SharedServer.class, SharedPeers.class})
class AsteriskTrunkTest {

    private static final String QUESTION = "What are your opening hours?";

    private final RunningServer server;
    private final Asterisk asterisk;

    AsteriskTrunkTest(RunningServer server, Asterisk asterisk) {
        this.server = server;
        this.asterisk = asterisk;
    }

    @Test
    void aQuestionIsAnswered() {
        AudioChunk heard = asterisk.calls("PJSIP/trunk/" + server.address("reception"))
                .with("QUESTION", Voice.FLITE_RMS.says(QUESTION))
                .place("question")
                .heard();

        assertThatHeard(Ears.hear(heard))
                .containsInOrder("hello practice monday nine six friday nine five saturday ten");
    }

    @Test
    void aSecondAsteriskRunsBesideTheFirst() {
        try (Asterisk second = Asterisk.start()) {
            assertThat(second.sipPort()).isNotEqualTo(asterisk.sipPort());
            assertThat(second.cli("core show version")).startsWith("Asterisk 22");
            assertThat(asterisk.cli("core show uptime")).contains("System uptime");
        }
    }
}
