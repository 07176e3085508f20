package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.codec.Codec;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignReader;
import dev.trunkline.media.tone.CallSignTones;
import dev.trunkline.media.vad.SileroVad;
import dev.trunkline.media.vad.SpeechDetector;
import dev.trunkline.media.vad.SpeechDetector.Change;
import dev.trunkline.media.vad.VoiceActivityModel;
import dev.trunkline.media.vad.VoiceActivitySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What callers send is speech to the voice-activity model, and its sign survives the codec. */
class QuestionSoundTest {

    private static final Path MODELS = Path.of(System.getProperty("trunkline.models.dir", "../weights/target/files"));
    private static final Codec CODEC = Codecs.PCMU.create();
    private static final QuestionSound SOUND = LoadCommand.question();

    @Test
    void theSignOfEveryQuestionIsReadThroughTheCodec() {
        for (int caller : new int[] {1, 2, 199, 200, 16_806}) {
            CallSign sign = new CallSign(caller, caller % CallSign.TURNS);
            CallSignReader reader = new CallSignReader();
            List<CallSign> signs = new ArrayList<>();
            for (short[] frame : question(sign)) {
                reader.frame(CallSignTones.find(frame, 0)).ifPresent(signs::add);
            }
            assertThat(signs).containsExactly(sign, sign);
        }
    }

    @Test
    void theNoiseBetweenHasNoSignAndIsAtMinus55() {
        double energy = 0;
        for (int i = 0; i < 250; i++) {
            short[] frame = decoded(SOUND.noise(i));
            assertThat(CallSignTones.find(frame, 0)).isEqualTo(-1);
            for (short sample : frame) {
                energy += sample * sample;
            }
        }
        double level = 10 * Math.log10(energy / (250 * 160) / 32_768 / 32_768);
        assertThat(level).isBetween(-56.0, -54.0);
    }

    @Test
    void theModelHearsOneStretchOfSpeechInEachCycle() {
        VoiceActivitySettings settings = VoiceActivitySettings.DEFAULT;
        try (SileroVad model = SileroVad.load(MODELS.resolve("silero_vad_v6.onnx"))) {
            VoiceActivityModel.Memory[] memory = {model.newMemory()};
            SpeechDetector detector = new SpeechDetector();
            short[] stream = cycles(4);
            List<Long> onsets = new ArrayList<>();
            List<Long> ends = new ArrayList<>();
            int window = model.windowSamples();
            for (int at = 0; at + window <= stream.length; at += window) {
                short[] part = Arrays.copyOfRange(stream, at, at + window);
                float[] probability = new float[1];
                model.infer(memory, new short[][] {part}, probability, 1);
                Change change = detector.judge(settings, probability[0], at + window, window, 0);
                if (change == Change.STARTED) {
                    onsets.add(detector.onset() / 8);
                } else if (change == Change.STOPPED) {
                    ends.add(detector.end() / 8);
                }
            }
            assertThat(onsets).hasSize(4);
            assertThat(ends).hasSize(4);
            for (int i = 0; i < 4; i++) {
                assertThat(onsets.get(i)).isBetween(i * 5_000L - 40, i * 5_000L + 100);
                assertThat(ends.get(i)).isBetween(i * 5_000L + 1_900, i * 5_000L + 2_100);
            }
        }
    }

    private static short[] cycles(int count) {
        short[] stream = new short[count * QuestionSound.CYCLE_FRAMES * 160];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (short[] frame : question(new CallSign(17, i))) {
                System.arraycopy(frame, 0, stream, at, 160);
                at += 160;
            }
            for (int n = QuestionSound.SPEECH_FRAMES; n < QuestionSound.CYCLE_FRAMES; n++) {
                System.arraycopy(decoded(SOUND.noise(n)), 0, stream, at, 160);
                at += 160;
            }
        }
        return stream;
    }

    private static List<short[]> question(CallSign sign) {
        int[] row = sign.tones();
        List<short[]> frames = new ArrayList<>();
        for (int i = 0; i < QuestionSound.SPEECH_FRAMES; i++) {
            frames.add(decoded(SOUND.speech(i, CallSign.toneAt(row, i))));
        }
        return frames;
    }

    private static short[] decoded(byte[] payload) {
        short[] pcm = new short[160];
        CODEC.decode(payload, 0, payload.length, pcm, 0);
        return pcm;
    }
}
