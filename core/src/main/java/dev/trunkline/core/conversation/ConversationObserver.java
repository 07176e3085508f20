package dev.trunkline.core.conversation;

import dev.trunkline.core.call.CallInfo;

/** Watches conversations. Called on the conversation's thread, in order: must not block. */
@FunctionalInterface
public interface ConversationObserver {
    void on(CallInfo call, ConversationEvent event);
}
