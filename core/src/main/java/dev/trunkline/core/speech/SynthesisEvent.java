package dev.trunkline.core.speech;

import dev.trunkline.sound.SpokenChunk;

/** What a voice tells of a text that it speaks. */
public sealed interface SynthesisEvent {

    /** Some of it, as sound; chunks come in the order of the text. */
    record Spoken(SpokenChunk chunk) implements SynthesisEvent {}

    /** All of it has come. */
    record Finished() implements SynthesisEvent {}

    /** It failed; what came before is good. */
    record Failed(String message) implements SynthesisEvent {}
}
