package dev.trunkline.core.speech;

/**
 * What to say.
 *
 * @param text plain text, customarily one sentence; not blank
 * @param language BCP 47 tag
 * @param voice the synthesiser's name of a voice; empty for its default
 * @param urgency whether somebody waits for the first sound
 */
public record SpeechRequest(String text, String language, String voice, Urgency urgency) {

    /** How soon it is needed. */
    public enum Urgency {
        /** The caller waits in silence. */
        FIRST,
        /** Something is still being said. */
        REST
    }

    public SpeechRequest {
        if (text.isBlank()) {
            throw new IllegalArgumentException("nothing to say");
        }
    }
}
