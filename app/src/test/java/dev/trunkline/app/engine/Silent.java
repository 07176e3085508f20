package dev.trunkline.app.engine;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.sound.AudioFormat;
import java.util.List;

/** Ears that hear nothing and a mouth that says nothing. */
final class Silent {

    private Silent() {}

    static final class Ears implements SpeechToText {

        @Override
        public String name() {
            return "silent";
        }

        @Override
        public List<AudioFormat> accepts() {
            return List.of(AudioFormat.PCM_16K);
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
            throw new UnsupportedOperationException("nothing is heard here");
        }
    }

    static final class Mouth implements TextToSpeech {

        @Override
        public String name() {
            return "silent";
        }

        @Override
        public AudioFormat format() {
            return AudioFormat.PCM_8K;
        }

        @Override
        public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
            return () -> {};
        }
    }
}
