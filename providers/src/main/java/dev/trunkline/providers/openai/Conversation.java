package dev.trunkline.providers.openai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a conversation into the shape that every server takes: no empty entries, neighbours of one speaker as one entry,
 * and the caller first, since many chat templates refuse an agent who begins.
 */
final class Conversation {

    private static final String CALL_BEGINS = "[The call begins.]";

    private Conversation() {}

    static List<ChatMessage> of(List<dev.trunkline.core.language.ChatMessage> messages) {
        List<dev.trunkline.core.language.ChatMessage> merged = new ArrayList<>();
        for (var message : messages) {
            if (message.text().isBlank()) {
                continue;
            }
            if (!merged.isEmpty() && merged.getLast().role() == message.role()) {
                var last = merged.removeLast();
                merged.add(
                        new dev.trunkline.core.language.ChatMessage(last.role(), last.text() + "\n" + message.text()));
            } else {
                merged.add(message);
            }
        }
        List<ChatMessage> shaped = new ArrayList<>();
        boolean begun = false;
        for (var message : merged) {
            switch (message.role()) {
                case SYSTEM -> shaped.add(SystemMessage.from(message.text()));
                case CALLER -> {
                    shaped.add(UserMessage.from(message.text()));
                    begun = true;
                }
                case AGENT -> {
                    if (!begun) {
                        shaped.add(UserMessage.from(CALL_BEGINS));
                        begun = true;
                    }
                    shaped.add(AiMessage.from(message.text()));
                }
            }
        }
        return shaped;
    }
}
