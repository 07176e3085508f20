package dev.trunkline.core.session;

import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import java.time.Instant;
import java.util.Set;

/**
 * A live call as a store holds it: a snapshot. The owner's memory is the truth; each snapshot has a higher version.
 *
 * @param call who, whom, when
 * @param version rises with each snapshot of a call
 * @param node the server that holds its media
 * @param agent who answers
 * @param state where it stands
 * @param updatedAt when this snapshot was made
 * @param legs the channels' names of its legs
 * @param bridges the names of the bridges that its legs are in
 * @param playbacks the utterances that are on the line
 * @param ssrcs the synchronisation sources that we send with
 */
public record CallSession(
        CallInfo call,
        long version,
        String node,
        String agent,
        CallState state,
        Instant updatedAt,
        Set<String> legs,
        Set<String> bridges,
        Set<String> playbacks,
        Set<Long> ssrcs) {
    public CallSession {
        legs = Set.copyOf(legs);
        bridges = Set.copyOf(bridges);
        playbacks = Set.copyOf(playbacks);
        ssrcs = Set.copyOf(ssrcs);
    }
}
