package dev.trunkline.core.language;

/** What a model tells. */
public sealed interface GenerationEvent {

    /** The next piece of the answer; may be any number of characters. */
    record Text(String text) implements GenerationEvent {}

    /**
     * The answer is complete.
     *
     * @param inputTokens as the vendor counts them, or -1
     * @param outputTokens as the vendor counts them, or -1
     */
    record Finished(int inputTokens, int outputTokens) implements GenerationEvent {}

    /** It failed; the text before is good. The message is fit for a log: no key, no address with secrets. */
    record Failed(String message) implements GenerationEvent {}
}
