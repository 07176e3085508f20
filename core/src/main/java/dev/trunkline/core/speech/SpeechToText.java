package dev.trunkline.core.speech;

import dev.trunkline.sound.AudioFormat;
import java.util.List;

/** A recogniser. Thread-safe. */
public interface SpeechToText {

    /** Its name in logs and records: {@code local}, {@code deepgram} ... */
    String name();

    /** The formats it takes, the best first. The caller converts to one of them, if need be. */
    List<AudioFormat> accepts();

    /**
     * Begins to listen to one call.
     *
     * @param listener called on the recogniser's threads, one event at a time, in order; must not block
     */
    Transcription open(TranscriptionRequest request, TranscriptListener listener);
}
