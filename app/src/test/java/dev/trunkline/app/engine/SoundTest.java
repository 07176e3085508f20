package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.core.conversation.SoundConverter;
import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundTest {

    private final SoundConverter converter = new MediaSoundConverter();

    @Test
    void aSecondOfATelephonesFramesIsASecondOfTheRecognisersSound() {
        Heard heard = new Heard();
        Hearing hearing = converter.into(AudioFormat.PCM_8K, heard, AudioFormat.PCM_16K);
        short[] buffer = new short[200];

        for (int frame = 0; frame < 50; frame++) {
            for (int i = 0; i < 160; i++) {
                buffer[20 + i] = (short) (10_000 * Math.sin(2 * Math.PI * 400 * (frame * 160 + i) / 8_000.0));
            }
            hearing.frame(buffer, 20, 160, frame * 20L);
        }

        assertThat(heard.bytes / 2).isCloseTo(16_000, within(100));
        assertThat(heard.loudest).isCloseTo(10_000, within(300));
        assertThat(heard.lastMillis).isEqualTo(980);
    }

    @Test
    void aVoiceInAnotherFormatSaysAllOfItsTextAndAllOfItsSound() {
        TextToSpeech telephone = new ConvertedSpeech(new TwoWords(), AudioFormat.PCM_8K, converter);
        List<SynthesisEvent> events = new ArrayList<>();

        telephone.speak(new SpeechRequest("one two", "en", "", SpeechRequest.Urgency.FIRST), events::add);

        int samples = 0;
        int text = 0;
        for (SynthesisEvent event : events.subList(0, events.size() - 1)) {
            SpokenChunk chunk = ((SynthesisEvent.Spoken) event).chunk();
            assertThat(chunk.audio().format()).isEqualTo(AudioFormat.PCM_8K);
            assertThat(chunk.textStart()).isGreaterThanOrEqualTo(text);
            samples += chunk.audio().samples();
            text = chunk.textEnd();
        }
        assertThat(events.getLast()).isInstanceOf(SynthesisEvent.Finished.class);
        assertThat(samples).isEqualTo(16_000);
        assertThat(text).isEqualTo(7);
    }

    private static final class TwoWords implements TextToSpeech {

        @Override
        public String name() {
            return "two words";
        }

        @Override
        public AudioFormat format() {
            return AudioFormat.pcm(48_000);
        }

        @Override
        public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
            AudioChunk second = new AudioChunk(format(), new byte[2 * 48_000]);
            listener.on(new SynthesisEvent.Spoken(new SpokenChunk(second, 0, 3, true)));
            listener.on(new SynthesisEvent.Spoken(new SpokenChunk(second, 3, 7, true)));
            listener.on(new SynthesisEvent.Finished());
            return () -> {};
        }
    }

    private static final class Heard implements Transcription {

        private int bytes;
        private int loudest;
        private long lastMillis;

        @Override
        public void hear(byte[] audio, int offset, int length, long streamMillis) {
            bytes += length;
            lastMillis = streamMillis;
            for (int i = offset; i < offset + length; i += 2) {
                loudest = Math.max(loudest, (short) ((audio[i] & 0xFF) | audio[i + 1] << 8));
            }
        }

        @Override
        public void speechStarted(long streamMillis) {}

        @Override
        public void speechStopped(long streamMillis) {}

        @Override
        public void turnTaken() {}

        @Override
        public void close() {}
    }
}
