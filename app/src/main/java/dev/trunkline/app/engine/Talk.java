package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.record.CallLog;

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
        /**
         * A talk between a caller and an agent, not begun.
         *
         * @param log takes down what happens, the end of the call last
         */
        Talk make(CallInfo call, Leg leg, Agent agent, Speech speech, CallLog log);
    }
}
