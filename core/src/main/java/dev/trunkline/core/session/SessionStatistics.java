package dev.trunkline.core.session;

import dev.trunkline.core.call.CallState;
import java.util.Map;

/**
 * Counts of live calls.
 *
 * @param active calls now
 * @param byState how many stand where; states without calls are absent
 * @param byAgent how many each agent has; agents without calls are absent
 * @param total calls ever put since the store began
 * @param expired calls ever forgotten as stale
 */
public record SessionStatistics(
        int active, Map<CallState, Integer> byState, Map<String, Integer> byAgent, long total, long expired) {
    public SessionStatistics {
        byState = Map.copyOf(byState);
        byAgent = Map.copyOf(byAgent);
    }
}
