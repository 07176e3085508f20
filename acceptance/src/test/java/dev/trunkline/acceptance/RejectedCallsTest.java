package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.caller.CallInProgress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that the server does not take, each with the code that says why. */
@ExtendWith(SharedServer.class)
class RejectedCallsTest {

    private static final int G729 = 18;

    private final RunningServer server;

    RejectedCallsTest(RunningServer server) {
        this.server = server;
    }

    @Test
    void nobodyOfThatName() {
        assertThat(calling(server, "nobody").run().code()).isEqualTo(404);
    }

    @Test
    void noCommonCodec() {
        assertThat(calling(server, "reception").codecs(G729).run().code()).isEqualTo(488);
    }

    @Test
    void noFreePlace() {
        try (RunningServer small = RunningServer.start(Map.of("TRUNKLINE_MAX_CALLS", "1"))) {
            CallInProgress first =
                    calling(small, "reception").stay(Duration.ofMinutes(1)).start();
            await().atMost(Duration.ofSeconds(20)).until(first::agentHeard);

            assertThat(calling(small, "reception").run().code()).isEqualTo(486);

            first.hangUp();
            assertThat(first.await().answered()).isTrue();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> calling(small, "reception")
                                    .patience(Duration.ofSeconds(8))
                                    .maxDuration(Duration.ofSeconds(2))
                                    .run()
                                    .code()
                            == 200);
        }
    }
}
