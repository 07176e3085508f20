package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Baresip;
import dev.trunkline.acceptance.server.CallsApi;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A foreign telephone. */
@ExtendWith(SharedServer.class)
class BaresipTest {

    private static final String QUESTION = "What are your opening hours?";

    private final RunningServer server;

    BaresipTest(RunningServer server) {
        this.server = server;
    }

    @Test
    void aQuestionIsAnswered() {
        try (Baresip baresip = Baresip.start(Baresip.Line.PCMU)) {
            baresip.calls(server.address("reception"));
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() ->
                    CallsApi.turns(server.api().newestCall(), "agent").size() == 1);
            baresip.says(Voice.FLITE_RMS.says(QUESTION));
            await().atMost(Duration.ofSeconds(30)).until(() ->
                    CallsApi.turns(server.api().newestCall(), "agent").size() == 2);
            baresip.hangsUp();
            baresip.awaitEvent("CALL_CLOSED");
            System.out.println(baresip.output());
            assertThatHeard(Ears.hear(baresip.heard()))
                    .containsInOrder("hello practice monday nine six friday nine five saturday ten");
        }
    }
}
