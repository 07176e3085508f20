package dev.trunkline.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EncoderTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void anEventIsOneLineWithTimeLevelAndPairs() {
        String line = encoded(new TextEncoder(), "call came call=01abc agent=reception", null);

        assertThat(line)
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  CallDesk: call came call=01abc agent=reception\n");
    }

    @Test
    void aLineBreakInAMessageDoesNotForgeALine() {
        assertThat(encoded(new TextEncoder(), "from=a\r\n12:00:00.000 ERROR forged", null)
                        .lines())
                .hasSize(1);
    }

    @Test
    void forMachinesThePairsAreMembers() {
        JsonNode json = json("call ended call=01abc detail=\"bye bye\" millis=12", null);

        assertThat(json.get("message").asString()).isEqualTo("call ended");
        assertThat(json.get("level").asString()).isEqualTo("INFO");
        assertThat(json.get("call").asString()).isEqualTo("01abc");
        assertThat(json.get("detail").asString()).isEqualTo("bye bye");
        assertThat(json.get("millis").asString()).isEqualTo("12");
    }

    @Test
    void whateverIsLoggedStaysOneObjectOfJson() {
        String nasty = "quote \" backslash \\ break \n tab \t bell \u0007 half \ud83d pair \ud83d\ude00 time=forged";

        JsonNode json = json(nasty, null);

        assertThat(json.get("message").asString()).contains("quote \" backslash \\ break \n tab \t bell \u0007");
        assertThat(json.get("time").asString()).matches("\\d{4}-.*Z");
        assertThat(json.get("time_").asString()).isEqualTo("forged");
    }

    @Test
    void thePairThatCameFirstIsNotTakenOverByALaterOne() {
        JsonNode json = json("call refused call=01abc detail=none call=forged", null);

        assertThat(json.get("call").asString()).isEqualTo("01abc");
        assertThat(json.get("message").asString()).contains("call=forged");
    }

    @Test
    void noMessageCommandsTheTerminal() {
        String error = encoded(new TextEncoder(), "failed", new IllegalStateException("\u001b[2J\u009b2J"));
        String line = encoded(new TextEncoder(), "from=\u001b]0;title\u0007 \u009b31m \u202eabc \u007f", null);

        assertThat(line).contains("from=\\u001b]0;title\\u0007 \\u009b31m \\u202eabc \\u007f");
        assertThat(error).contains("\\u001b[2J\\u009b2J\n\tat ");
        assertThat(json("from=\u009b31m", null).get("from").asString()).isEqualTo("\u009b31m");
        assertThat(encoded(new JsonEncoder(), "from=\u009b31m", null)).contains("\\u009b31m");
    }

    @Test
    void aStackTraceIsAMemberOfTheSameObject() {
        JsonNode json = json("a request failed", new IllegalStateException("why"));

        assertThat(json.get("error").asString()).contains("IllegalStateException: why");
    }

    private JsonNode json(String message, @Nullable Throwable error) {
        String line = encoded(new JsonEncoder(), message, error);
        assertThat(line.lines()).hasSize(1);
        return JsonMapper.shared().readTree(line);
    }

    private String encoded(EncoderBase<ILoggingEvent> encoder, String message, @Nullable Throwable error) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        encoder.setContext(context);
        encoder.start();
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("dev.trunkline.app.engine.CallDesk"), Level.INFO, message, error, null);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
