package dev.trunkline.core.language;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param messages the conversation, oldest first, ending with the caller's words
 * @param maxTokens the longest answer; 0 for the model's own limit
 */
public record Prompt(List<ChatMessage> messages, int maxTokens) {
    public Prompt {
        messages = List.copyOf(messages);
    }
}
