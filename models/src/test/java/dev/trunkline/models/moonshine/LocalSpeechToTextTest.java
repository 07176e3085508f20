package dev.trunkline.models.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.telephone.Loaded;
import dev.trunkline.models.telephone.Prompts;
import dev.trunkline.models.telephone.TelephoneLine;
import dev.trunkline.models.telephone.Wav;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LocalSpeechToTextTest {

    @Test
    void aHumanVoiceIsGuessedAtAndThenSettled() {
        try (ModelPool pool = new ModelPool(1)) {
            LocalSpeechToText speech = new LocalSpeechToText(Loaded.tiny(), pool);
            List<TranscriptEvent> events = new CopyOnWriteArrayList<>();
            try (Transcription transcription = speech.open(request(AudioFormat.PCM_16K), events::add)) {
                Wav wav = Prompts.recording("ss-noservice");
                byte[] audio = AudioChunk.ofPcm(TelephoneLine.throughAsPcm(wav.samples(), wav.rate()), 16_000)
                        .data();
                transcription.speechStarted(100);
                int half = audio.length / 2 / 640 * 640;
                long millis = hear(transcription, audio, 0, half, 0);
                await().atMost(Duration.ofSeconds(30)).until(() -> !events.isEmpty());
                assertThat(text(events.getLast())).startsWithIgnoringCase("The number you have");
                millis = hear(transcription, audio, half, audio.length / 640 * 640, millis);
                transcription.speechStopped(millis - 200);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> ((TranscriptEvent.Hypothesis) events.getLast()).settled());
            }

            assertThat(text(events.getLast()).toLowerCase(java.util.Locale.ROOT))
                    .contains("the number you have dialed is not in service")
                    .contains("try again");
        }
    }

    @Test
    void soundOfAnotherRateIsRefused() {
        try (ModelPool pool = new ModelPool(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new LocalSpeechToText(Loaded.tiny(), pool).open(request(AudioFormat.PCM_8K), event -> {}));
        }
    }

    private static long hear(Transcription transcription, byte[] audio, int from, int to, long start) {
        long millis = start;
        for (int at = from; at < to; at += 640, millis += 20) {
            transcription.hear(audio, at, 640, millis);
        }
        return millis;
    }

    private static TranscriptionRequest request(AudioFormat format) {
        return new TranscriptionRequest(new CallId("call-1"), format, "en", List.of());
    }

    private static String text(TranscriptEvent event) {
        return ((TranscriptEvent.Hypothesis) event).text();
    }
}
