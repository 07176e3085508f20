package dev.trunkline.caller.speech;

import dev.trunkline.sound.AudioChunk;

/** Speaks. */
@FunctionalInterface
public interface CallerVoice {

    /**
     * The sound of a text; blocks until it is there.
     *
     * @throws IllegalStateException if it can't be spoken
     */
    AudioChunk say(String text);
}
