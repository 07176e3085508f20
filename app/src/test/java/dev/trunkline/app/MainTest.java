package dev.trunkline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertThat(run("version")).isZero();
        assertThat(out()).matches("trunkline \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
    }

    @Test
    void theSettingsAreShownWithTheirOrigin() {
        assertThat(run("config")).isZero();
        assertThat(out()).contains("TRUNKLINE_HTTP_PORT=8080  # default\n");
    }

    @Test
    void theSettingsAreShownAsATable() {
        assertThat(run("config", "--markdown")).isZero();
        assertThat(out()).contains("| `TRUNKLINE_HTTP_PORT` | `http.port` | `8080` |");
    }

    @Test
    void aCommandThatIsNotThereIsAMistakeOfTheCaller() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err()).isEqualTo("trunkline: there is no command dance\n");
    }

    @Test
    void helpForACallNamesWhomItCalls() {
        assertThat(run("call", "--help")).isZero();
        assertThat(out()).contains("sip:reception@127.0.0.1:5060");
    }

    private int run(String... arguments) {
        return Main.run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
