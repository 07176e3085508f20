package dev.trunkline.core.speech;

import dev.trunkline.sound.AudioFormat;

/** A voice. Thread-safe. */
public interface TextToSpeech {

    /** Its name in logs and records. */
    String name();

    /** The format of what it says. */
    AudioFormat format();

    /**
     * Speaks a text. Returns at once.
     *
     * @param listener called on the synthesiser's threads, one event at a time, in order, ending with {@link
     *     SynthesisEvent.Finished} or {@link SynthesisEvent.Failed} unless cancelled; must not block
     */
    Synthesis speak(SpeechRequest request, SynthesisListener listener);
}
