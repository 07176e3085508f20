package dev.trunkline.caller.script;

/**
 * Something that the caller did in the call. Times are nanoseconds since the answer.
 *
 * @param step its number in the script, from 0; -1 for timed keys
 * @param label the words, the file, or {@code [keys 42]}
 * @param startNanos when the first packet of it went out
 * @param endNanos when the last packet with speech, or the last key's release, went out
 * @param unanswered whether the agent stayed silent after it for all the caller's patience
 * @param overlapped whether the agent was audible when it ended, so that no latency can be told
 */
public record SpokenTurn(
        int step, String label, long startNanos, long endNanos, boolean unanswered, boolean overlapped) {

    SpokenTurn asUnanswered() {
        return new SpokenTurn(step, label, startNanos, endNanos, true, overlapped);
    }
}
