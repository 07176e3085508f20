package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent.TurnTaking;
import dev.trunkline.core.scenario.Expectation;
import java.time.Duration;

/** Decides how long a silence must be before the caller has finished. A strategy: stateless and thread-safe, or one a call. */
@FunctionalInterface
interface EndOfTurn {

    /**
     * The silence to wait for.
     *
     * @param text what the caller has said in this turn
     * @param expectation what was asked
     */
    Duration silenceAfter(String text, Expectation expectation, TurnTaking settings);
}
