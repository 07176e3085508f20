package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.line.RejectCause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final List<RejectCause> counted = new ArrayList<>();
    private final Refusals refusals = new Refusals(counted::add);

    @Test
    void aSourceIsToldOnceAMinuteAndEveryRefusalIsCounted() {
        try (LogCapture log = new LogCapture(Refusals.class)) {
            for (int i = 0; i < 1000; i++) {
                refusals.refused("sip:" + i + "@192.0.2.9", "x", RejectCause.NOT_FOUND, "nobody");
            }
            assertThat(log.lines()).hasSize(1);
            refusals.tell();
            assertThat(log.lines()).hasSize(2).last().asString().contains("source=\"192.0.2.9\"", "count=999");
            refusals.tell();
            assertThat(log.lines()).hasSize(2);
        }
        assertThat(counted).hasSize(1000);
    }

    @Test
    void sourcesThatTheSenderMakesUpDoNotFloodTheLog() {
        try (LogCapture log = new LogCapture(Refusals.class)) {
            for (int i = 0; i < 1000; i++) {
                refusals.refused("sip:a@host" + i, "x", RejectCause.NOT_FOUND, "nobody");
            }
            assertThat(log.lines()).hasSize(65);
        }
    }

    @Test
    void whatComesFromOutsideStaysInItsQuotes() {
        assertThat(Quoted.value("x call=01 a\"b\\c\u001b[2J\r\n\u009b\u202e"))
                .isEqualTo("\"x call=01 a\\u0022b\\u005cc\\u001b[2J\\u000d\\u000a\\u009b\\u202e\"");
        assertThat(Quoted.value("x".repeat(10_000))).hasSizeLessThan(200);
    }
}
