package dev.trunkline.core.language;

/**
 * One entry of the conversation as a language model sees it.
 *
 * @param role who speaks
 * @param text what was said; of the agent only what the caller has heard
 */
public record ChatMessage(Role role, String text) {

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        CALLER,
        AGENT
    }
}
