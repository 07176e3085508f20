package dev.trunkline.caller.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A report for people. Stateless. */
public final class TextReport {

    private TextReport() {}

    /** Prints it. */
    public static void print(CallReport report, PrintStream out) {
        switch (report.outcome()) {
            case Outcome.Refused refused ->
                out.printf(
                        Locale.ROOT, "%s refused the call: %d %s%n", report.target(), refused.code(), refused.reason());
            case Outcome.Failed failed -> out.printf("%s: %s%n", report.target(), failed.message());
            case Outcome.Answered answered -> {
                out.printf(
                        Locale.ROOT,
                        "%s answered after %d ms%n",
                        report.target(),
                        report.setUp().toMillis());
                conversation(report, out);
                summary(report, out);
            }
        }
    }

    private static void conversation(CallReport report, PrintStream out) {
        boolean asked = false;
        for (CallTurn turn : report.turns()) {
            boolean agent = turn.speaker() == CallTurn.Speaker.AGENT;
            out.printf(
                    Locale.ROOT,
                    "%7.2f  %-5s  %s%s%n",
                    seconds(turn.start()),
                    agent ? "agent" : "you",
                    turn.text() == null ? "(" + ms(turn.end().minus(turn.start())) + " of speech)" : turn.words(),
                    remark(turn, asked));
            asked |= !agent;
        }
        out.printf(
                Locale.ROOT,
                "%7.2f  %s%n",
                seconds(report.length()),
                switch (report.endedBy()) {
                    case CALLER -> "you hung up" + because(report.endReason());
                    case AGENT -> "the agent hung up" + because(report.endReason());
                    case NOBODY -> "the call ended" + because(report.endReason());
                });
        if (!report.unsaid().isEmpty()) {
            out.printf("         not said any more: %s%n", String.join(" | ", report.unsaid()));
        }
        if (!report.keysHeard().isEmpty()) {
            out.printf("         keys pressed by the far side: %s%n", report.keysHeard());
        }
    }

    private static String remark(CallTurn turn, boolean asked) {
        Duration latency = turn.latency();
        if (latency != null) {
            return asked ? "   [after " + ms(latency) + "]" : "   [" + ms(latency) + " after the answer]";
        }
        return turn.unanswered() ? "   [no answer]" : "";
    }

    private static void summary(CallReport report, PrintStream out) {
        List<Duration> latencies = report.latencies();
        Traffic.Sent sent = report.traffic().sent();
        Traffic.Received received = report.traffic().received();
        if (!latencies.isEmpty()) {
            double mean =
                    latencies.stream().mapToLong(Duration::toMillis).average().orElse(0);
            long worst = latencies.stream().mapToLong(Duration::toMillis).max().orElse(0);
            out.printf(
                    Locale.ROOT,
                    "latency: %d answers, %.0f ms on average, %d ms at worst%n",
                    latencies.size(),
                    mean,
                    worst);
        }
        out.printf(
                Locale.ROOT,
                "packets: %d sent (%d lost, %d doubled, %d swapped on purpose), %d received, %d lost, "
                        + "jitter %.1f ms, longest gap %.0f ms%n",
                sent.packets(),
                sent.lost(),
                sent.duplicated(),
                sent.reordered(),
                received.packets(),
                received.lost(),
                received.jitterMillis(),
                received.longestGapMillis());
        if (sent.lateP99Millis() > 5) {
            out.printf(
                    Locale.ROOT,
                    "this machine was busy: the caller itself was %.1f ms late (99th percentile)%n",
                    sent.lateP99Millis());
        }
        if (report.agentTurns().isEmpty()) {
            out.println("the agent was not heard");
        }
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String ms(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
