package dev.trunkline.core.language;

/** A language model that answers piece by piece. Thread-safe. */
public interface LanguageModel {

    /** Vendor and model, for logs and records. */
    String name();

    /**
     * Begins an answer. Returns at once.
     *
     * @param listener called on the model's threads, one event at a time, in order, ending with {@link
     *     GenerationEvent.Finished} or {@link GenerationEvent.Failed} unless cancelled; must not block
     */
    Generation generate(Prompt prompt, GenerationListener listener);
}
