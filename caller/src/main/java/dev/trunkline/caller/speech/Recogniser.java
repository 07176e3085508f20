package dev.trunkline.caller.speech;

import dev.trunkline.sound.AudioChunk;

/** Writes down what is said in a sound. */
@FunctionalInterface
public interface Recogniser {

    /**
     * The words; empty if there are none.
     *
     * @param sound linear, 8 or 16 kHz, of any length
     */
    String recognise(AudioChunk sound);
}
