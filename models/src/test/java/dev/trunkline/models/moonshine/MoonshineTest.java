package dev.trunkline.models.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trunkline.models.telephone.Loaded;
import dev.trunkline.models.telephone.Prompts;
import dev.trunkline.models.telephone.TelephoneLine;
import dev.trunkline.models.telephone.WordErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoonshineTest {

    private static final Map<String, String> PROMPTS = new LinkedHashMap<>();

    static {
        PROMPTS.put("agent-pass", "Please enter your password followed by the pound key.");
        PROMPTS.put("auth-incorrect", "Password incorrect. Please enter your password followed by the pound key.");
        PROMPTS.put("cannot-complete-as-dialed", "Your call cannot be completed as dialed.");
        PROMPTS.put("check-number-dial-again", "Please check the number and dial again.");
        PROMPTS.put("demo-thanks", "Goodbye. Thank you for trying out the Asterisk Open Source PBX.");
        PROMPTS.put("all-circuits-busy-now", "All circuits are busy now.");
        PROMPTS.put(
                "ss-noservice", "The number you have dialed is not in service. Please check the number and try again.");
        PROMPTS.put(
                "vm-review",
                "Press one to accept this recording. Press two to listen to it. Press three to rerecord your message.");
        PROMPTS.put("queue-thankyou", "Thank you for your patience.");
        PROMPTS.put("vm-goodbye", "Goodbye.");
        PROMPTS.put("digits/7", "Seven.");
    }

    @ParameterizedTest
    @EnumSource(MoonshineSize.class)
    void aHumanVoiceOverTheTelephoneIsUnderstood(MoonshineSize size) {
        Moonshine model = size == MoonshineSize.TINY ? Loaded.tiny() : Loaded.base();
        WordErrors all = new WordErrors(0, 0);
        StringBuilder heard = new StringBuilder();
        for (Map.Entry<String, String> prompt : PROMPTS.entrySet()) {
            String text = new Recogniser(model).recognise(pcm(prompt.getKey())).text();
            all = all.plus(WordErrors.between(prompt.getValue(), text));
            heard.append(prompt.getKey()).append(": ").append(text).append('\n');
        }

        assertThat(all.words()).isGreaterThan(80);
        assertThat(all.rate()).as("%s", heard).isLessThan(0.06);
    }

    @Test
    void speechIsUnderstoodFortyDecibelsFainter() {
        short[] samples = pcm("cannot-complete-as-dialed");
        for (int i = 0; i < samples.length; i++) {
            samples[i] /= 100;
        }

        assertThat(WordErrors.between(
                                "Your call cannot be completed as dialed.",
                                new Recogniser(Loaded.tiny()).recognise(samples).text())
                        .errors())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"silence", "white noise", "low noise", "hum", "ringing", "clicks"})
    void whatIsNoSpeechGivesNoWords(String kind) {
        Random random = new Random(7);
        for (double seconds : new double[] {0.3, 1, 3, 9}) {
            short[] samples = new short[(int) (seconds * 16_000)];
            double low = 0;
            for (int i = 0; i < samples.length; i++) {
                double white = random.nextGaussian();
                low = 0.97 * low + white;
                double t = i / 16_000.0;
                samples[i] = (short) Math.clamp(
                        switch (kind) {
                            case "white noise" -> 800 * white;
                            case "low noise" -> 150 * low;
                            case "hum" -> 1_500 * Math.sin(2 * Math.PI * 50 * t) + 30 * white;
                            case "ringing" ->
                                t % 2 < 1
                                        ? 4_000 * (Math.sin(2 * Math.PI * 440 * t) + Math.sin(2 * Math.PI * 480 * t))
                                        : 0;
                            case "clicks" -> i % 4_000 < 20 ? 6_000 * white : 10 * white;
                            default -> i % 2;
                        },
                        -32_768,
                        32_767);
            }
            assertThat(new Recogniser(Loaded.tiny()).recognise(samples).text())
                    .as("%s of %s s", kind, seconds)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, 6})
    void digitalSilenceGivesNoWordsEvenWithoutTheGate(double seconds) {
        assertThat(Loaded.tiny().transcribe(new float[(int) (seconds * 16_000)]).text())
                .isEmpty();
    }

    @Test
    void aShortWordThatTheModelAlmostTakesForNothingIsUnderstood() {
        assertThat(new Recogniser(Loaded.tiny()).recognise(pcm("digits/18")).text())
                .containsIgnoringCase("eighteen");
    }

    @Test
    void speechOfFortySecondsIsCutAtItsPausesAndNothingIsLostOrSaidTwice() {
        String[] names = {
            "ss-noservice", "agent-pass", "cannot-complete-as-dialed", "vm-review", "check-number-dial-again"
        };
        short[] all = {};
        StringBuilder said = new StringBuilder();
        for (int round = 0; round < 2; round++) {
            for (String name : names) {
                short[] one = pcm(name);
                int at = all.length;
                all = Arrays.copyOf(all, at + one.length + 4_000);
                System.arraycopy(one, 0, all, at, one.length);
                said.append(PROMPTS.get(name)).append(' ');
            }
        }
        assertThat(all.length).isGreaterThan(35 * 16_000);

        Decoded decoded = new Recogniser(Loaded.tiny()).recognise(all);

        assertThat(WordErrors.between(said.toString(), decoded.text()).rate())
                .as(decoded.text())
                .isLessThan(0.08);
    }

    @Test
    void decodingThatRepeatsItselfEnds() {
        TokenRun run = new TokenRun(200);
        int steps = 0;
        int[] phrase = {500, 600, 700};
        while (!run.ended()) {
            run.add(sure(phrase[steps++ % phrase.length]));
        }

        assertThat(steps).isLessThan(25);
        Decoded decoded = run.result(vocabulary());
        assertThat(decoded.looped()).isTrue();
        assertThat(decoded.tokens()).isEqualTo(3);
    }

    @Test
    void aWordSaidFourTimesIsNoLoop() {
        TokenRun run = new TokenRun(50);
        for (int i = 0; i < 4; i++) {
            run.add(sure(694));
        }
        run.add(sure(Moonshine.END));

        assertThat(run.result(vocabulary()).tokens()).isEqualTo(4);
        assertThat(run.result(vocabulary()).looped()).isFalse();
    }

    @Test
    void decodingEndsAtTheLimitOfTokensThatSoLongASpeechCanHave() {
        TokenRun run = new TokenRun(10);
        int steps = 0;
        while (!run.ended()) {
            run.add(sure(1_000 + steps++));
        }

        assertThat(steps).isEqualTo(10);
    }

    @Test
    void aDecodingThatIsNoLongerWantedStopsWithoutAResult() {
        assertThat(Loaded.tiny().transcribe(Prompts.overTheTelephone("agent-pass"), () -> true))
                .isEmpty();
    }

    @Test
    void soundThatWouldMakeTheModelLoopIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Loaded.tiny().transcribe(new float[21 * 16_000]));
    }

    @Test
    void severalThreadsMayDecodeWithOneModelAtOnce() throws InterruptedException {
        float[] samples = Prompts.overTheTelephone("cannot-complete-as-dialed");
        String[] heard = new String[3];
        Thread[] threads = new Thread[heard.length];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = Thread.ofPlatform()
                    .start(() ->
                            heard[index] = Loaded.tiny().transcribe(samples).text());
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(heard).containsOnly("Your call cannot be completed as dialed.");
    }

    @Test
    void aMissingModelFileIsNamed(@TempDir Path empty) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Moonshine.load(empty, MoonshineSize.TINY))
                .withMessageContaining("moonshine_tiny_encoder.onnx");
    }

    private static java.nio.FloatBuffer sure(int token) {
        float[] scores = new float[32_768];
        scores[token] = 50;
        return java.nio.FloatBuffer.wrap(scores);
    }

    private static Vocabulary vocabulary() {
        try {
            return Vocabulary.read(Loaded.folder().resolve("llama_vocabulary.txt"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static short[] pcm(String prompt) {
        var wav = Prompts.recording(prompt);
        return TelephoneLine.throughAsPcm(wav.samples(), wav.rate());
    }
}
