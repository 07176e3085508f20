package dev.trunkline.core.conversation;

/**
 * What the engine itself says, where no scenario or model can be asked.
 *
 * @param silentGoodbye the caller stayed silent through all prompts
 * @param timeIsUp the longest duration is reached
 * @param shutdown the server is being stopped
 * @param trouble the mind failed; the caller should try again
 * @param notUnderstood something was said that could not be recognised
 */
public record Phrases(String silentGoodbye, String timeIsUp, String shutdown, String trouble, String notUnderstood) {

    /** English. */
    public static final Phrases ENGLISH = new Phrases(
            "I can't hear anybody, so I'll hang up now. Please call again. Goodbye.",
            "I'm sorry, we have reached the longest time for a call. Goodbye.",
            "I'm sorry, I have to end this call now. Please call again in a few minutes. Goodbye.",
            "I'm sorry, something went wrong here. Could you say that again, please?",
            "I'm sorry, I didn't catch that. Could you say it again?");
}
