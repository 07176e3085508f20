package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignTones;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerEarTest {

    private static final long FRAME_NANOS = 20_000_000;
    private static final CallSign SIGN = new CallSign(17, 4);

    private final List<AnswerEar.Answer> answers = new ArrayList<>();
    private final AnswerEar ear = new AnswerEar(answers::add);
    private final Random random = new Random(1);
    private int at;

    @Test
    void anAnswerBeginsWithItsFirstAudibleFrameAndSaysWhoseItIs() {
        quiet(50);
        speak(SIGN, 0, 100);
        quiet(40);
        assertThat(answers).containsExactly(new AnswerEar.Answer(50 * FRAME_NANOS, 100, 0, List.of(SIGN, SIGN)));
    }

    @Test
    void silenceWithinAnAnswerIsCountedAndDoesNotEndIt() {
        speak(SIGN, 0, 40);
        quiet(3);
        speak(SIGN, 40, 60);
        quiet(40);
        assertThat(answers).containsExactly(new AnswerEar.Answer(0, 100, 3, List.of(SIGN, SIGN)));
    }

    @Test
    void framesThatNeverCameCountAsSilenceToo() {
        speak(SIGN, 0, 40);
        at += 2;
        speak(SIGN, 40, 60);
        quiet(40);
        assertThat(answers.getFirst().inserted()).isEqualTo(2);
    }

    @Test
    void theSilenceAfterAnAnswerIsNotPartOfIt() {
        speak(SIGN, 0, 100);
        quiet(200);
        speak(new CallSign(17, 5), 0, 100);
        quiet(40);
        assertThat(answers).extracting(AnswerEar.Answer::inserted).containsExactly(0, 0);
        assertThat(answers).extracting(AnswerEar.Answer::onsetNanos).containsExactly(0L, 300 * FRAME_NANOS);
    }

    @Test
    void aClickIsNoAnswer() {
        quiet(10);
        speak(SIGN, 0, 1);
        quiet(20);
        speak(SIGN, 0, 2);
        quiet(60);
        assertThat(answers).isEmpty();
    }

    @Test
    void aClickBeforeAnAnswerDoesNotMakeItEarlier() {
        speak(SIGN, 0, 1);
        quiet(20);
        speak(SIGN, 0, 100);
        quiet(40);
        assertThat(answers.getFirst().onsetNanos()).isEqualTo(21 * FRAME_NANOS);
    }

    @Test
    void noiseOfTheLineIsNotAudible() {
        quiet(500);
        assertThat(answers).isEmpty();
    }

    @Test
    void anAnswerThatIsCutOffByTheEndIsTold() {
        speak(SIGN, 0, 50);
        ear.end();
        assertThat(answers).containsExactly(new AnswerEar.Answer(0, 50, 0, List.of(SIGN)));
    }

    @Test
    void anAnswerOfAnotherCallSaysSo() {
        speak(new CallSign(18, 4), 0, 100);
        ear.end();
        assertThat(answers.getFirst().signs()).containsOnly(new CallSign(18, 4));
    }

    private void speak(CallSign sign, int from, int frames) {
        int[] row = sign.tones();
        for (int i = from; i < from + frames; i++) {
            frame(CallSignTones.frame(CallSign.toneAt(row, i), 6_000));
        }
    }

    /** Noise at -55 dBFS. */
    private void quiet(int frames) {
        for (int i = 0; i < frames; i++) {
            short[] pcm = new short[CallSignTones.FRAME];
            for (int s = 0; s < pcm.length; s++) {
                pcm[s] = (short) (random.nextGaussian() * 58);
            }
            frame(pcm);
        }
    }

    private void frame(short[] pcm) {
        ear.frame(at * FRAME_NANOS, at * CallSignTones.FRAME, pcm);
        at++;
    }
}
