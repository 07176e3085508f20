package dev.trunkline.core.record;

import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.MediaQuality;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is kept.
 *
 * @param info who, whom, when
 * @param node the server that held it
 * @param agent who answered
 * @param mind what the agent thought with
 * @param answeredAt null if it never was
 * @param endedAt null while it goes on
 * @param endReason null while it goes on
 * @param endDetail what the far side or the network said of the end; empty if nothing
 * @param quality how its sound fared; known when it has ended
 * @param turns in order; empty in lists
 * @param messages in order; empty in lists
 * @param turnCount how many turns there are, also in lists
 */
public record CallRecord(
        CallInfo info,
        String node,
        String agent,
        String mind,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable EndReason endReason,
        String endDetail,
        MediaQuality quality,
        List<Turn> turns,
        List<Message> messages,
        int turnCount) {
    public CallRecord {
        turns = List.copyOf(turns);
        messages = List.copyOf(messages);
    }
}
