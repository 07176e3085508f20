package dev.trunkline.caller.report;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A report for machines: one JSON document, times in milliseconds since the answer. Stateless. */
public final class JsonReport {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {}

    /** The document, indented. */
    public static String of(CallReport report) {
        ObjectNode root = NODES.objectNode();
        root.put("target", report.target()).put("callId", report.callId());
        root.put("answered", report.answered());
        switch (report.outcome()) {
            case Outcome.Answered answered -> root.put("code", 200);
            case Outcome.Refused refused -> root.put("code", refused.code()).put("reason", refused.reason());
            case Outcome.Failed failed -> root.put("code", 0).put("reason", failed.message());
        }
        root.put("setUpMillis", report.setUp().toMillis());
        root.put("lengthMillis", report.length().toMillis());
        root.put("endedBy", report.endedBy().name().toLowerCase(Locale.ROOT));
        root.put("endReason", report.endReason());
        ArrayNode turns = root.putArray("turns");
        report.turns().forEach(turn -> turns.add(turn(turn)));
        ArrayNode unsaid = root.putArray("unsaid");
        report.unsaid().forEach(unsaid::add);
        root.put("keysHeard", report.keysHeard());
        root.set("packets", packets(report.traffic()));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    private static ObjectNode turn(CallTurn turn) {
        ObjectNode node = NODES.objectNode();
        node.put("speaker", turn.speaker().name().toLowerCase(Locale.ROOT));
        node.put("text", turn.text());
        node.put("startMillis", turn.start().toMillis());
        node.put("endMillis", turn.end().toMillis());
        if (turn.speaker() == CallTurn.Speaker.AGENT) {
            node.put("latencyMillis", millis(turn.latency()));
        } else {
            node.put("unanswered", turn.unanswered());
        }
        return node;
    }

    private static ObjectNode packets(Traffic traffic) {
        Traffic.Sent sent = traffic.sent();
        Traffic.Received received = traffic.received();
        ObjectNode node = NODES.objectNode();
        node.putObject("sent")
                .put("packets", sent.packets())
                .put("lost", sent.lost())
                .put("duplicated", sent.duplicated())
                .put("reordered", sent.reordered())
                .put("lateP99Millis", sent.lateP99Millis())
                .put("lateMaxMillis", sent.lateMaxMillis());
        node.putObject("received")
                .put("packets", received.packets())
                .put("lost", received.lost())
                .put("duplicates", received.duplicates())
                .put("outOfOrder", received.outOfOrder())
                .put("sources", received.sources())
                .put("malformed", received.malformed())
                .put("jitterMillis", received.jitterMillis())
                .put("longestGapMillis", received.longestGapMillis());
        return node;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
