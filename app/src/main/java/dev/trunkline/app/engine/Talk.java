package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;

/** A conversation, as far as the desk is concerned with it. */
interface Talk {

    /** Answers, and converses until the end. */
    void begin();

    /** Says goodbye and hangs up. */
    void wrapUp();

    /** Hangs up. */
    void end(EndReason reason);

    /** Makes one. */
    @FunctionalInterface
    interface Maker {
        /** A talk between a caller and an agent, not begun. */
        Talk make(CallInfo call, Leg leg, Agent agent, Speech speech);
    }
}
