package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    @Test
    void aQuietMachineAndPunctualCallersMakeAValidRun() {
        LoadReport report = report(1.7, 5, 3, 0);
        assertThat(report.voids()).isEmpty();
        assertThat(report.allHeld()).isTrue();
        assertThat(text(report)).contains("Run                valid");
    }

    @Test
    void aBusyMachineMakesItVoid() {
        LoadReport report = report(1.71, 1, 3, 0);
        assertThat(report.valid()).isFalse();
        assertThat(text(report)).contains("void: the machine was busier than 85 %");
        assertThat(LoadText.row(report)).contains("**void**");
    }

    @Test
    void callersThatAreLateThemselvesMakeItVoid() {
        assertThat(report(1, 5.1, 3, 0).voids()).singleElement().asString().contains("5 ms");
    }

    @Test
    void aCallThatWasLostOrCrossedWasNotHeld() {
        assertThat(report(1, 1, 2, 0).allHeld()).isFalse();
        assertThat(report(1, 1, 3, 1).allHeld()).isFalse();
    }

    @Test
    void aReplyThatNeverCameIsNullForPrograms() {
        String json = LoadJson.of(report(1, 1, 3, 0));
        assertThat(json)
                .contains("\"replyP50Millis\" : 560.0", "\"replyP99Millis\" : null", "\"beyondStopP50Millis\" : 60.0");
    }

    @Test
    void aRowHasAsManyCellsAsTheHead() {
        String row = LoadText.row(report(1, 1, 3, 0));
        assertThat(row.chars().filter(c -> c == '|').count())
                .isEqualTo(LoadText.HEAD
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .chars()
                        .filter(c -> c == '|')
                        .count());
    }

    private static LoadReport report(double cores, double ownLateness, int held, long crossed) {
        return new LoadReport(
                "SIP",
                3,
                held,
                30,
                new LoadReport.Lateness(1_500, 0, 0.01, 0.001, 0.2, 3, 30),
                new LoadReport.Turns(18, 17, 1, crossed, 0, 0, 0, 560, Double.POSITIVE_INFINITY, 500),
                new LoadReport.Cost(3.9, 400_000, "ZGC"),
                new LoadReport.Own(1_500, 0, 0.3, ownLateness, 9, 0.4, cores, 2),
                new LoadReport.Server(0.01, 0, 0, 14, 33, 31.2));
    }

    private static String text(LoadReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LoadText.print(report, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
