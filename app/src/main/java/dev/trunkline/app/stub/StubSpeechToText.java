package dev.trunkline.app.stub;

import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.sound.AudioFormat;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Hears nothing but the call signs ({@link dev.trunkline.media.tone.CallSign}) in what a caller says: {@code caller 17 turn
 * 4}. So its answer depends on the sound that came, and on no other call's. Thread-safe.
 */
public final class StubSpeechToText implements SpeechToText {

    private final Executor executor;

    /** @param executor where the sound is searched: customarily a virtual thread each */
    public StubSpeechToText(Executor executor) {
        this.executor = executor;
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public List<AudioFormat> accepts() {
        return List.of(AudioFormat.PCM_8K);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        return new StubTranscription(executor, listener);
    }
}
