package dev.trunkline.caller.script;

import java.time.Duration;

/** When a step of the script begins. */
public sealed interface Cue {

    /** When the agent has spoken since the step before, and then was silent for the caller's pause. */
    record AfterAgent() implements Cue {}

    /**
     * In the middle of the agent's speech.
     *
     * @param into how long after the first audible packet of the agent's next utterance
     */
    record IntoAgent(Duration into) implements Cue {}

    /**
     * After the step before, whatever the agent does.
     *
     * @param pause how long after
     */
    record AfterStep(Duration pause) implements Cue {}

    /** The agent's turn is over. */
    Cue AFTER_AGENT = new AfterAgent();
}
