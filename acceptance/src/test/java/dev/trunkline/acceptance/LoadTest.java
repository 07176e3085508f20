package dev.trunkline.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.caller.load.LoadCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small load: what is counted must be right, how long it took is told and not judged. */
class LoadTest {

    private static final int CALLS = 10;
    private static final int SECONDS = 10;

    @Test
    void everyQuestionOfEveryCallIsAnsweredWithItsOwnAnswer() {
        try (RunningServer server = RunningServer.start(Map.of("TRUNKLINE_SPEECH", "stub"))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new LoadCommand(List.of(), List.of())
                    .run(
                            new String[] {
                                "--calls", Integer.toString(CALLS),
                                "--seconds", Integer.toString(SECONDS),
                                "--warm-up", "5",
                                "--target", server.address("stub"),
                                "--pid", Long.toString(server.handle().pid()),
                                "--http", "http://127.0.0.1:" + server.httpPort() + "/",
                                "--json"
                            },
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            System.err);
            String json = out.toString(StandardCharsets.UTF_8);
            System.out.println("load: " + json);
            JsonNode report = JsonMapper.builder().build().readTree(json);

            assertThat(report.path("held").asInt()).isEqualTo(CALLS);
            JsonNode turns = report.path("turns");
            assertThat(turns.path("questions").asInt()).isBetween(CALLS, CALLS * SECONDS / 5 + CALLS);
            assertThat(turns.path("answered").asInt())
                    .isEqualTo(turns.path("questions").asInt());
            assertThat(turns.path("crossed").asInt()).isZero();
            assertThat(turns.path("unreadable").asInt()).isZero();
            assertThat(report.path("serverPackets").path("missing").asInt()).isZero();
            // what is measured at all, whatever it is
            JsonNode cost = report.path("server");
            assertThat(cost.path("cpuMillisPerCallSecond").asDouble()).isPositive();
            assertThat(cost.path("engineShareP50Millis").asDouble()).isPositive();
            // 31.25 windows of 32 ms a second, none of them skipped
            assertThat(cost.path("vadWindowsPerCallSecond").asDouble()).isBetween(20.0, 45.0);
        }
    }
}
