package dev.trunkline.caller.load;

import java.io.PrintStream;
import java.util.Locale;

/** The report for people, and as a row of a table in Markdown. Stateless. */
final class LoadText {

    /** The head of the table whose rows {@link #row} makes. */
    static final String HEAD = """
            | | calls held | late > 20 ms | late > 5 ms | silence in speech | reply beyond the stop p50 / p99 | engine p50 / p99 | CPU ms per call-second | memory per call | VAD windows per call-second | machine | own lateness p99 | run |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|""";

    private LoadText() {}

    static void print(LoadReport report, PrintStream out) {
        line(out, "Under load", "%s, %.0f s measured", report.what(), report.seconds());
        line(out, "Calls held", "%d of %d", report.held(), report.calls());
        LoadReport.Turns turns = report.turns();
        if (turns.questions() > 0) {
            line(
                    out,
                    "Answers",
                    "%d of %d questions; %d of another call, %d unreadable, %d cut short",
                    turns.answered(),
                    turns.questions(),
                    turns.crossed(),
                    turns.unreadable(),
                    turns.cutShort());
            line(
                    out,
                    "Reply",
                    "p50 %s, p99 %s after the last speech; beyond the stop of %.0f ms: %s, %s",
                    millis(turns.replyP50()),
                    millis(turns.replyP99()),
                    turns.stop(),
                    millis(report.beyondStopP50()),
                    millis(report.beyondStopP99()));
            line(out, "Silence in speech", "%s of the frames", percent(turns.inserted()));
        }
        LoadReport.Lateness late = report.lateness();
        line(
                out,
                "Server's packets",
                "%s later than 20 ms, %s later than 5 ms; p50 %s, p99 %s, worst %s; %d missing of %d",
                percent(late.over20()),
                percent(late.over5()),
                millis(late.p50()),
                millis(late.p99()),
                millis(late.worst()),
                late.missing(),
                late.packets());
        LoadReport.Server server = report.server();
        if (!Double.isNaN(server.over5())) {
            line(
                    out,
                    "Its own count",
                    "%s sent later than 5 ms, %.0f rounds left out, %.0f silent frames in utterances",
                    percent(server.over5()),
                    server.skipped(),
                    server.underrunFrames());
            line(out, "Engine's share", "p50 %s, p99 %s", millis(server.engineP50()), millis(server.engineP99()));
            line(out, "VAD windows", "%.1f a call and second", server.windows());
        }
        line(
                out,
                "CPU",
                "%.2f ms per call-second (server and descendants, %s); callers %.2f",
                report.cost().cpuPerCallSecond(),
                report.cost().collector(),
                report.own().cpuPerCallSecond());
        line(out, "Memory", "%s a call", megabytes(report.cost().memoryPerCall()));
        LoadReport.Own own = report.own();
        line(
                out,
                "Own lateness",
                "p50 %s, p99 %s, worst %s; %d packets, %d refused",
                millis(own.latenessP50()),
                millis(own.latenessP99()),
                millis(own.latenessWorst()),
                own.packets(),
                own.failures());
        line(out, "Machine", "%.2f of %d processors busy", own.cores(), own.processors());
        line(out, "Run", "%s", verdict(report));
    }

    private static void line(PrintStream out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-18s " + format + "%n", prepend(name, values));
    }

    private static Object[] prepend(String name, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    /** One row; {@link #HEAD} says what stands where. */
    static String row(LoadReport report) {
        boolean turns = report.turns().questions() > 0;
        LoadReport.Server server = report.server();
        LoadReport.Own own = report.own();
        return String.join(
                " | ",
                "| " + report.what(),
                report.held() + " of " + report.calls(),
                percent(report.lateness().over20()),
                percent(report.lateness().over5()),
                turns ? percent(report.turns().inserted()) : "-",
                turns ? millis(report.beyondStopP50()) + " / " + millis(report.beyondStopP99()) : "-",
                Double.isNaN(server.engineP50())
                        ? "-"
                        : millis(server.engineP50()) + " / " + millis(server.engineP99()),
                String.format(Locale.ROOT, "%.2f", report.cost().cpuPerCallSecond()),
                megabytes(report.cost().memoryPerCall()),
                Double.isNaN(server.windows()) ? "-" : String.format(Locale.ROOT, "%.1f", server.windows()),
                String.format(Locale.ROOT, "%.2f of %d", own.cores(), own.processors()),
                millis(own.latenessP99()),
                (report.valid() ? "valid" : "**void**") + " |");
    }

    private static String verdict(LoadReport report) {
        if (!report.valid()) {
            return "void: " + String.join("; ", report.voids());
        }
        return report.allHeld() ? "valid" : "valid, but not all calls were held";
    }

    private static String millis(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        return Double.isInfinite(value)
                ? "never"
                : String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", part * 100);
    }

    private static String megabytes(double bytes) {
        return Double.isNaN(bytes) ? "unknown" : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
}
