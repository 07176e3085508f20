package dev.trunkline.media.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.Speech;
import dev.trunkline.media.vad.VoiceActivityModel.Memory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SileroVadTest {

    private static final int WINDOW = 256;
    private static SileroVad model;

    @BeforeAll
    static void load() {
        model = SileroVad.load(modelFile());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Path modelFile() {
        return Path.of(System.getProperty("trunkline.models.dir"), "silero_vad_v6.onnx");
    }

    private static float[] alone(short[] sound) {
        Memory memory = model.newMemory();
        float[] all = new float[sound.length / WINDOW];
        float[] one = new float[1];
        for (int i = 0; i < all.length; i++) {
            model.infer(
                    new Memory[] {memory},
                    new short[][] {Arrays.copyOfRange(sound, i * WINDOW, (i + 1) * WINDOW)},
                    one,
                    1);
            all[i] = one[0];
        }
        return all;
    }

    @Test
    void aSentenceIsSpeechAndNoiseIsNot() {
        float[] speech = alone(Speech.sentence());
        short[] noise = new short[8_000];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 60);
        }
        float[] quiet = alone(noise);

        long voiced = 0;
        for (float probability : speech) {
            voiced += probability > 0.5 ? 1 : 0;
        }
        assertThat((double) voiced / speech.length).isGreaterThan(0.8);
        for (float probability : quiet) {
            assertThat(probability).isLessThan(0.3f);
        }
    }

    @Test
    void aBatchGivesWhatEachStreamAloneGives() {
        int streams = 64;
        short[] sentence = Speech.sentence();
        short[][] sounds = new short[streams][];
        float[][] expected = new float[streams][];
        for (int s = 0; s < streams; s++) {
            sounds[s] = Arrays.copyOfRange(sentence, s * 100, s * 100 + 20 * WINDOW);
            expected[s] = alone(sounds[s]);
        }
        Memory[] memories = new Memory[streams];
        Arrays.setAll(memories, s -> model.newMemory());
        float[] probabilities = new float[streams];

        for (int i = 0; i < 20; i++) {
            short[][] windows = new short[streams][];
            for (int s = 0; s < streams; s++) {
                windows[s] = Arrays.copyOfRange(sounds[s], i * WINDOW, (i + 1) * WINDOW);
            }
            model.infer(memories, windows, probabilities, streams);
            for (int s = 0; s < streams; s++) {
                assertThat(Math.abs(probabilities[s] - expected[s][i])).isLessThan(1e-4f);
            }
        }
    }

    @Test
    void aMissingModelIsSaidByItsName() {
        assertThatThrownBy(() -> SileroVad.load(Path.of("/nowhere/silero.onnx")))
                .isInstanceOf(VoiceActivityException.class)
                .hasMessageContaining("/nowhere/silero.onnx");
    }
}
