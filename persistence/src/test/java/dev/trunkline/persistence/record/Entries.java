package dev.trunkline.persistence.record;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.time.Instant;

/** Calls to write down. */
public final class Entries {

    /** When the first call of a test begins. */
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** The quality at the end of {@link #closed}. */
    public static final MediaQuality QUALITY = new MediaQuality(500, 3, 1, 498, 4.25, 2, 31.5, 0.4, 6.0, 4.31, null);

    private Entries() {}

    public static CallLogEntry.Opened opened(String id, int second) {
        return opened(id, second, "node-a");
    }

    public static CallLogEntry.Opened opened(String id, int second, String node) {
        return new CallLogEntry.Opened(
                new CallInfo(
                        new CallId(id),
                        "sip",
                        CallDirection.INBOUND,
                        new Party("sip:ann@example.com", "Ann"),
                        new Party("sip:reception@example.com", ""),
                        at(second)),
                node,
                "reception",
                "scenario:reception");
    }

    public static CallLogEntry.Answered answered(String id, int second) {
        return new CallLogEntry.Answered(new CallId(id), at(second));
    }

    public static CallLogEntry.TurnTaken turn(String id, int number, String text) {
        Speaker speaker = number % 2 == 1 ? Speaker.AGENT : Speaker.CALLER;
        return new CallLogEntry.TurnTaken(
                new CallId(id),
                new Turn(
                        number,
                        speaker,
                        text,
                        at(number * 2),
                        at(number * 2 + 1),
                        number % 3 == 0,
                        new TurnLatency(200, 310, 12, 90, 3, 640, true)));
    }

    public static CallLogEntry.MessageLeft message(String id, int number, String text) {
        return new CallLogEntry.MessageLeft(
                new CallId(id), new Message(number, at(100 + number), "Ann", "442079460000", text));
    }

    public static CallLogEntry.Closed closed(String id, int second) {
        return new CallLogEntry.Closed(new CallId(id), at(second), EndReason.CALLER_HUNG_UP, "BYE", QUALITY);
    }

    public static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
