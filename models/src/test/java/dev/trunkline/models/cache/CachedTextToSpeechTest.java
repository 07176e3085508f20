package dev.trunkline.models.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTextToSpeechTest {

    private static final int SAMPLES = 4_000;

    private final Voice voice = new Voice();

    @Test
    void whatWasSaidOnceIsRememberedSampleBySample() {
        CachedTextToSpeech cached = new CachedTextToSpeech(voice, 1_000_000);

        List<SynthesisEvent> first = say(cached, "Hello there");
        List<SynthesisEvent> second = say(cached, "Hello there");

        assertThat(second).isEqualTo(first).hasSize(3);
        assertThat(voice.spoken).containsExactly("Hello there");
        assertThat(cached.hits()).isEqualTo(1);
        assertThat(cached.misses()).isEqualTo(1);
    }

    @Test
    void anotherVoiceOrLanguageIsAnotherText() {
        CachedTextToSpeech cached = new CachedTextToSpeech(voice, 1_000_000);

        say(cached, new SpeechRequest("Hello", "en", "", SpeechRequest.Urgency.REST));
        say(cached, new SpeechRequest("Hello", "en", "anna", SpeechRequest.Urgency.REST));
        say(cached, new SpeechRequest("Hello", "de", "", SpeechRequest.Urgency.REST));
        say(cached, new SpeechRequest("Hello", "en", "", SpeechRequest.Urgency.FIRST));

        assertThat(voice.spoken).hasSize(3);
    }

    @Test
    void theLeastRecentlyUsedGoesFirst() {
        CachedTextToSpeech cached = new CachedTextToSpeech(voice, 4 * SAMPLES * 2 + 1_000);
        say(cached, "one");
        say(cached, "two");
        say(cached, "one");
        say(cached, "three");
        voice.spoken.clear();

        say(cached, "one");
        assertThat(voice.spoken).isEmpty();
        say(cached, "two");
        assertThat(voice.spoken).containsExactly("two");
    }

    @Test
    void whatFailedIsNotRemembered() {
        CachedTextToSpeech cached = new CachedTextToSpeech(voice, 1_000_000);
        voice.fails = true;
        say(cached, "Hello");
        voice.fails = false;

        assertThat(say(cached, "Hello").getLast()).isInstanceOf(SynthesisEvent.Finished.class);
        assertThat(voice.spoken).hasSize(2);
    }

    @Test
    void anotherProcessFindsItOnDisk(@TempDir Path folder) {
        List<SynthesisEvent> first = say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning");
        await().until(() -> files(folder).size() == 1);

        List<SynthesisEvent> second = say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning");

        assertThat(voice.spoken).hasSize(1);
        assertThat(second).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void aDamagedFileIsDroppedAndTheTextSpokenAgain(@TempDir Path folder) throws IOException {
        say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning");
        await().until(() -> files(folder).size() == 1);
        Path file = files(folder).getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 4] ^= 1;
        Files.write(file, bytes);

        List<SynthesisEvent> again = say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning");

        assertThat(again).hasSize(3);
        assertThat(voice.spoken).hasSize(2);
    }

    @Test
    void aFileCutShortIsDroppedAndTheTextSpokenAgain(@TempDir Path folder) throws IOException {
        say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning");
        await().until(() -> files(folder).size() == 1);
        Path file = files(folder).getFirst();
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 50));

        assertThat(say(new CachedTextToSpeech(voice, 0, folder, 1_000_000), "Good morning"))
                .hasSize(3);
        assertThat(voice.spoken).hasSize(2);
    }

    @Test
    void theFolderStaysWithinItsBound(@TempDir Path folder) {
        CachedTextToSpeech cached = new CachedTextToSpeech(voice, 0, folder, 3 * (4 * SAMPLES + 200));
        for (int i = 0; i < 8; i++) {
            say(cached, "text " + i);
        }
        say(cached, "text 7");

        await().untilAsserted(() -> {
            assertThat(voice.spoken).hasSizeGreaterThanOrEqualTo(8);
            assertThat(files(folder)).hasSizeBetween(1, 3);
        });
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".speech")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<SynthesisEvent> say(TextToSpeech voice, String text) {
        return say(voice, new SpeechRequest(text, "en", "", SpeechRequest.Urgency.FIRST));
    }

    private static List<SynthesisEvent> say(TextToSpeech voice, SpeechRequest request) {
        List<SynthesisEvent> events = new CopyOnWriteArrayList<>();
        voice.speak(request, events::add);
        await().until(() -> !events.isEmpty() && !(events.getLast() instanceof SynthesisEvent.Spoken));
        return events;
    }

    /** Speaks at once, in two chunks. */
    private static final class Voice implements TextToSpeech {

        private final List<String> spoken = new ArrayList<>();
        private boolean fails;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public AudioFormat format() {
            return AudioFormat.PCM_8K;
        }

        @Override
        public Synthesis speak(SpeechRequest request, SynthesisListener listener) {
            spoken.add(request.text());
            int length = request.text().length();
            short[] samples = new short[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                samples[i] = (short) (i * length);
            }
            AudioChunk audio = AudioChunk.ofPcm(samples, 8_000);
            listener.on(new SynthesisEvent.Spoken(new SpokenChunk(audio, 0, 2, true)));
            if (fails) {
                listener.on(new SynthesisEvent.Failed("test"));
                return () -> {};
            }
            listener.on(new SynthesisEvent.Spoken(new SpokenChunk(audio, 2, length, false)));
            listener.on(new SynthesisEvent.Finished());
            return () -> {};
        }
    }
}
