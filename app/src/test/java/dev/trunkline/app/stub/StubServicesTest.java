package dev.trunkline.app.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.Prompt;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignReader;
import dev.trunkline.media.tone.CallSignTones;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pretended services, each asked alone, on this thread. */
class StubServicesTest {

    private static final CallSign SIGN = new CallSign(17, 4);

    private final List<TranscriptEvent> heard = new ArrayList<>();
    private final Transcription ears = new StubSpeechToText(Runnable::run)
            .open(new TranscriptionRequest(CallId.at(0), AudioFormat.PCM_8K, "en", List.of()), heard::add);
    private long frames;

    @Test
    void whatIsHeardDependsOnTheSoundThatCame() {
        hear(SIGN);
        ears.speechStopped(2_000);
        assertThat(heard).containsExactly(new TranscriptEvent.Hypothesis("caller 17 turn 4", true, 2_000, 1));
    }

    @Test
    void anotherCallsSoundInBetweenIsHeardToo() {
        hear(SIGN);
        hear(new CallSign(18, 4));
        ears.speechStopped(4_000);
        assertThat(heard)
                .containsExactly(new TranscriptEvent.Hypothesis("caller 17 turn 4, caller 18 turn 4", true, 4_000, 1));
    }

    @Test
    void soundWithoutASignHasNoWords() {
        for (int i = 0; i < 100; i++) {
            frame(new short[CallSignTones.FRAME]);
        }
        ears.speechStopped(2_000);
        assertThat(heard).containsExactly(new TranscriptEvent.Hypothesis("", true, 2_000, 1));
    }

    @Test
    void whatBelongsToATurnThatIsTakenIsNotHeardAgain() {
        hear(SIGN);
        ears.speechStopped(2_000);
        ears.turnTaken();
        hear(new CallSign(17, 5));
        ears.speechStopped(4_000);
        assertThat(heard.getLast()).isEqualTo(new TranscriptEvent.Hypothesis("caller 17 turn 5", true, 4_000, 1));
    }

    @Test
    void longAfterTheRingHasComeRoundTheNewestSoundIsHeard() {
        for (int turn = 0; turn < 40; turn++) {
            ears.turnTaken();
            hear(new CallSign(17, turn));
        }
        ears.speechStopped(80_000);
        assertThat(heard).containsExactly(new TranscriptEvent.Hypothesis("caller 17 turn 39", true, 80_000, 1));
    }

    @Test
    void nothingIsToldAfterTheEnd() {
        hear(SIGN);
        ears.close();
        ears.speechStopped(2_000);
        assertThat(heard).isEmpty();
    }

    @Test
    void theModelRepeatsWhatItWasTold() {
        StringBuilder answer = new StringBuilder();
        new StubLanguageModel(Runnable::run)
                .generate(
                        new Prompt(
                                List.of(
                                        new ChatMessage(ChatMessage.Role.SYSTEM, "Be kind."),
                                        new ChatMessage(ChatMessage.Role.CALLER, "caller 17 turn 4")),
                                0),
                        event -> {
                            if (event instanceof GenerationEvent.Text(String text)) {
                                answer.append(text);
                            }
                        });
        assertThat(answer).hasToString("You said caller 17 turn 4.");
    }

    @Test
    void theVoiceNamesTheSignForTwoSecondsAndEveryCharacterIsSpoken() {
        String text = "You said caller 17 turn 4.";
        List<SynthesisEvent> events = new ArrayList<>();
        new StubTextToSpeech(Runnable::run)
                .speak(new SpeechRequest(text, "en", "", SpeechRequest.Urgency.FIRST), events::add);
        assertThat(events.getLast()).isInstanceOf(SynthesisEvent.Finished.class);
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        int spoken = 0;
        for (SynthesisEvent event : events) {
            if (event instanceof SynthesisEvent.Spoken(var chunk)) {
                assertThat(chunk.textStart()).isEqualTo(spoken);
                spoken = chunk.textEnd();
                sound.writeBytes(chunk.audio().data());
            }
        }
        assertThat(spoken).isEqualTo(text.length());
        assertThat(sound.size()).isEqualTo(2 * 16_000);
        CallSignReader reader = new CallSignReader();
        List<CallSign> signs = new ArrayList<>();
        short[] pcm = new AudioChunk(AudioFormat.PCM_8K, sound.toByteArray()).toPcm();
        for (int i = 0; i < pcm.length; i += CallSignTones.FRAME) {
            reader.frame(CallSignTones.find(pcm, i)).ifPresent(signs::add);
        }
        assertThat(signs).containsExactly(SIGN, SIGN);
    }

    private void hear(CallSign sign) {
        int[] row = sign.tones();
        for (int i = 0; i < 100; i++) {
            frame(CallSignTones.frame(CallSign.toneAt(row, i), 1_000));
        }
    }

    private void frame(short[] pcm) {
        byte[] bytes = AudioChunk.ofPcm(pcm, 8_000).data();
        ears.hear(bytes, 0, bytes.length, frames++ * 20);
    }
}
