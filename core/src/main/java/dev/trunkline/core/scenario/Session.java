package dev.trunkline.core.scenario;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.language.ChatMessage;
import java.util.List;

/**
 * The call as a hook sees it.
 *
 * @param call what is known of it
 * @param agent the agent that answers
 * @param history what was said so far; of the agent only what was heard
 * @param memory what the scenario remembers; changes are kept if the reply is given
 */
public record Session(CallInfo call, Agent agent, List<ChatMessage> history, Memory memory) {
    public Session {
        history = List.copyOf(history);
    }
}
