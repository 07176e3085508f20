package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole run in real time, against the bare loop in a process of its own. */
class BareRunTest {

    private static final String LOOP = "../benchmarks/src/main/java/dev/trunkline/benchmarks/BareLoop.java";

    @Test
    void everyCallerIsHeardAndHearsAndTheLoopsTimeIsCounted() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LoadCommand(List.of(), List.of(java, LOOP))
                .run(
                        new String[] {"--bare", "--calls", "3", "--seconds", "2", "--warm-up", "1", "--json"},
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        System.err);
        JsonNode report = JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));

        assertThat(report.path("what").asString()).isEqualTo("bare loop");
        assertThat(report.path("held").asInt()).isEqualTo(3);
        assertThat(report.path("callers").path("packetsSent").asInt()).isBetween(200, 400);
        assertThat(report.path("serverPackets").path("received").asInt()).isBetween(150, 400);
        assertThat(report.path("serverPackets").path("missing").asInt()).isZero();
        assertThat(report.path("turns").path("questions").asInt()).isZero();
        assertThat(report.path("server").path("cpuMillisPerCallSecond").isNumber())
                .isTrue();
        assertThat(report.path("machine").path("processorsBusy").asDouble()).isPositive();
    }

    @Test
    void aServerThatDoesNotComeUpIsToldWithWhatItSaid() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new LoadCommand(List.of("sh", "-c", "echo no port is free; exit 1"), List.of())
                .run(
                        new String[] {"--calls", "1", "--seconds", "1", "--json"},
                        System.out,
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(LoadCommand.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not come up", "no port is free");
    }
}
