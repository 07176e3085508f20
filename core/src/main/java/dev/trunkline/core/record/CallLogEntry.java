package dev.trunkline.core.record;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.MediaQuality;
import java.time.Instant;

/** What is written of a call, as it happens. Writing an entry twice is the same as once. */
public sealed interface CallLogEntry {

    /** Whose entry it is. */
    CallId call();

    /**
     * A call has come or been placed.
     *
     * @param node the server that holds it
     * @param agent who answers; empty if it was refused before one was found
     * @param mind what the agent thinks with: {@code scenario:reception}, {@code llm:<name>}
     */
    record Opened(CallInfo info, String node, String agent, String mind) implements CallLogEntry {
        @Override
        public CallId call() {
            return info.id();
        }
    }

    /** It was answered. */
    record Answered(CallId call, Instant at) implements CallLogEntry {}

    /** A turn is complete, or told more exactly (the same number again replaces it). */
    record TurnTaken(CallId call, Turn turn) implements CallLogEntry {}

    /** The agent wrote down a message. */
    record MessageLeft(CallId call, Message message) implements CallLogEntry {}

    /** It is over. */
    record Closed(CallId call, Instant at, EndReason reason, String detail, MediaQuality quality)
            implements CallLogEntry {}
}
