package dev.trunkline.app.engine;

import dev.trunkline.core.conversation.SoundConverter;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;

/** A voice in another format, so that what is remembered of it is small and fits the line without more work. */
final class ConvertedSpeech implements TextToSpeech {

    private final TextToSpeech voice;
    private final AudioFormat format;
    private final SoundConverter converter;

    ConvertedSpeech(TextToSpeech voice, AudioFormat format, SoundConverter converter) {
        this.voice = voice;
        this.format = format;
        this.converter = converter;
    }

    @Override
    public String name() {
        return voice.name();
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
        return voice.speak(request, new Converting(listener));
    }

    /** One text; its events come one at a time. */
    private final class Converting implements SynthesisListener {

        private final SynthesisListener listener;
        private final SoundConverter.Stream stream = converter.open(voice.format(), format);
        private int textEnd;

        Converting(SynthesisListener listener) {
            this.listener = listener;
        }

        @Override
        public void on(SynthesisEvent event) {
            switch (event) {
                case SynthesisEvent.Spoken(SpokenChunk chunk) -> {
                    textEnd = chunk.textEnd();
                    listener.on(new SynthesisEvent.Spoken(chunk.withAudio(stream.convert(chunk.audio()))));
                }
                case SynthesisEvent.Finished finished -> {
                    AudioChunk tail = stream.flush();
                    if (tail.samples() > 0) {
                        listener.on(new SynthesisEvent.Spoken(new SpokenChunk(tail, textEnd, textEnd, true)));
                    }
                    listener.on(finished);
                }
                case SynthesisEvent.Failed failed -> listener.on(failed);
            }
        }
    }
}
