package dev.trunkline.caller.load;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The report for programs: one JSON document, in which what is unknown or never came is null. Stateless. */
final class LoadJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private LoadJson() {}

    static String of(LoadReport report) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("what", report.what());
        json.put("calls", report.calls());
        json.put("held", report.held());
        number(json, "seconds", report.seconds());
        json.put("valid", report.valid());
        report.voids().forEach(json.putArray("voidBecause")::add);
        ObjectNode late = json.putObject("serverPackets");
        late.put("received", report.lateness().packets());
        late.put("missing", report.lateness().missing());
        number(late, "lateShareOver20ms", report.lateness().over20());
        number(late, "lateShareOver5ms", report.lateness().over5());
        number(late, "latenessP50Millis", report.lateness().p50());
        number(late, "latenessP99Millis", report.lateness().p99());
        number(late, "latenessWorstMillis", report.lateness().worst());
        LoadReport.Turns turns = report.turns();
        ObjectNode talk = json.putObject("turns");
        talk.put("questions", turns.questions());
        talk.put("answered", turns.answered());
        talk.put("unanswered", turns.unanswered());
        talk.put("crossed", turns.crossed());
        talk.put("unreadable", turns.unreadable());
        talk.put("cutShort", turns.cutShort());
        number(talk, "silenceInsideShare", turns.inserted());
        number(talk, "replyP50Millis", turns.replyP50());
        number(talk, "replyP99Millis", turns.replyP99());
        number(talk, "stopMillis", turns.stop());
        number(talk, "beyondStopP50Millis", report.beyondStopP50());
        number(talk, "beyondStopP99Millis", report.beyondStopP99());
        ObjectNode cost = json.putObject("server");
        number(cost, "cpuMillisPerCallSecond", report.cost().cpuPerCallSecond());
        number(cost, "memoryBytesPerCall", report.cost().memoryPerCall());
        cost.put("collector", report.cost().collector());
        number(cost, "lateShareOver5msItsOwnCount", report.server().over5());
        number(cost, "roundsSkipped", report.server().skipped());
        number(cost, "silentFramesItsOwnCount", report.server().underrunFrames());
        number(cost, "engineShareP50Millis", report.server().engineP50());
        number(cost, "engineShareP99Millis", report.server().engineP99());
        number(cost, "vadWindowsPerCallSecond", report.server().windows());
        LoadReport.Own own = report.own();
        ObjectNode callers = json.putObject("callers");
        callers.put("packetsSent", own.packets());
        callers.put("sendFailures", own.failures());
        number(callers, "sendLatenessP50Millis", own.latenessP50());
        number(callers, "sendLatenessP99Millis", own.latenessP99());
        number(callers, "sendLatenessWorstMillis", own.latenessWorst());
        number(callers, "cpuMillisPerCallSecond", own.cpuPerCallSecond());
        ObjectNode machine = json.putObject("machine");
        number(machine, "processorsBusy", own.cores());
        machine.put("processors", own.processors());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, Math.round(value * 1e6) / 1e6);
        } else {
            json.putNull(name);
        }
    }
}
