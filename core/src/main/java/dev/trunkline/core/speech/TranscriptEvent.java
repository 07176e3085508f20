package dev.trunkline.core.speech;

/** What a recogniser tells. */
public sealed interface TranscriptEvent {

    /**
     * What the caller has said in this turn so far: the whole text since {@link Transcription#turnTaken()}, replacing every
     * hypothesis before. An adapter whose service sends pieces puts them together.
     *
     * @param text the words; empty if nothing was said that can be understood
     * @param settled true if it covers all speech up to {@code upToMillis} and will not change unless more is said
     * @param upToMillis stream time up to which sound was considered; for a settled one after {@link
     *     Transcription#speechStopped} at least that mark's time
     * @param confidence 0 to 1, or negative if unknown
     */
    record Hypothesis(String text, boolean settled, long upToMillis, double confidence) implements TranscriptEvent {}

    /**
     * Recognition failed; later speech may be recognised again.
     *
     * @param fatal true if this transcription is of no more use
     */
    record Failed(String message, boolean fatal) implements TranscriptEvent {}
}
