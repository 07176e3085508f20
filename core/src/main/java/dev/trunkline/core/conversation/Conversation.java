package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.CallState;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Leg;

/** API under way: see the constructor and the four methods. */
public final class Conversation {

    public Conversation(CallInfo call, Leg leg, Agent agent, ConversationParts parts) {}

    /** Takes an inbound leg: answers it, and converses until it ends. Ringing is the caller's business, before. */
    public void begin() {}

    /** Says goodbye and hangs up: the server is being stopped. */
    public void wrapUp() {}

    /** Hangs up at once. */
    public void end(EndReason reason) {}

    /** Where the call stands; from any thread. */
    public CallState state() {
        return CallState.ENDED;
    }
}
