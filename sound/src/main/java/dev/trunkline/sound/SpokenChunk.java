package dev.trunkline.sound;

import java.util.Objects;

/**
 * A piece of synthesised speech and the part of the text that it speaks. Chunks of one text follow each other without
 * gaps in the text, so that a count of played samples says which words were heard.
 *
 * @param audio the sound; may be empty where a text part is silent
 * @param textStart index of the first character spoken, in the text that was to be spoken
 * @param textEnd index after the last character spoken
 * @param exact whether the synthesiser told where these words sound, or the offsets are an estimate
 */
public record SpokenChunk(AudioChunk audio, int textStart, int textEnd, boolean exact) {

    public SpokenChunk {
        Objects.requireNonNull(audio, "audio");
        if (textStart < 0 || textEnd < textStart) {
            throw new IllegalArgumentException("text range " + textStart + ".." + textEnd);
        }
    }

    /** The same words as other sound: after a change of rate or encoding. */
    public SpokenChunk withAudio(AudioChunk other) {
        return new SpokenChunk(other, textStart, textEnd, exact);
    }
}
