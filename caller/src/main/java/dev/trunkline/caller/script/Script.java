package dev.trunkline.caller.script;

import java.time.Duration;
import java.util.List;

/**
 * All that a caller is going to do. Immutable.
 *
 * @param steps in order
 * @param timedKeys beside the steps
 * @param pause silence of the agent that ends its turn
 * @param patience how long an answer of the agent is waited for, and the greeting
 * @param stay how long to stay on the line after the last step's answer
 * @param maxDuration when to hang up at the latest, since the answer
 */
public record Script(
        List<Step> steps,
        List<TimedKeys> timedKeys,
        Duration pause,
        Duration patience,
        Duration stay,
        Duration maxDuration) {

    /** Silence of the agent that ends its turn, if nothing else is said. */
    public static final Duration PAUSE = Duration.ofMillis(900);

    /** How long an answer is waited for, if nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(12);

    /** The longest call, if nothing else is said. */
    public static final Duration MAX_DURATION = Duration.ofMinutes(10);

    public Script {
        steps = List.copyOf(steps);
        timedKeys = List.copyOf(timedKeys);
    }
}
