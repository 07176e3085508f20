package dev.trunkline.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallSignTest {

    private static final CallSign SIGN = new CallSign(1_234, 567);

    @Test
    void everySignIsReadAsItself() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            CallSign sign = new CallSign(random.nextInt(CallSign.CALLERS), random.nextInt(CallSign.TURNS));
            assertThat(read(frames(sign, 0, 100))).containsExactly(sign, sign);
        }
    }

    @Test
    void neighbouringTonesAlwaysDiffer() {
        int[] tones = SIGN.tones();
        for (int i = 0; i < tones.length; i++) {
            assertThat(tones[i]).isNotEqualTo(tones[(i + 1) % tones.length]);
        }
    }

    @Test
    void oneWrongToneIsNoSign() {
        for (int at = 1; at < CallSign.STEPS; at++) {
            for (int wrong = 0; wrong < CallSign.MARK; wrong++) {
                int[] tones = SIGN.tones();
                if (tones[at] == wrong) {
                    continue;
                }
                tones[at] = wrong;
                int[] row = new int[CallSign.STEPS - 1];
                System.arraycopy(tones, 1, row, 0, row.length);
                assertThat(CallSign.of(row)).as("tone %d as %d", at, wrong).isEmpty();
            }
        }
    }

    @Test
    void aLostFrameInEveryStepDoesNoHarm() {
        int[] frames = frames(SIGN, 0, 72);
        for (int i = 1; i < frames.length; i += CallSign.FRAMES_A_STEP) {
            frames[i] = -1;
        }
        assertThat(read(frames)).containsExactly(SIGN, SIGN);
    }

    @Test
    void aRowThatIsJoinedInTheMiddleIsReadFromItsNextMark() {
        assertThat(read(frames(SIGN, 10, 72))).containsExactly(SIGN);
    }

    @Test
    void eachToneIsFoundInNoiseAndNoneInSpeechAlone() {
        Random random = new Random(2);
        for (int tone = 0; tone < CallSign.TONES; tone++) {
            short[] pcm = CallSignTones.frame(tone, 1_000);
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] += (short) (random.nextGaussian() * 300 + 8_000 * Math.sin(i * 0.3));
            }
            assertThat(CallSignTones.find(pcm, 0)).isEqualTo(tone);
        }
        short[] vowel = new short[CallSignTones.FRAME];
        for (int i = 0; i < vowel.length; i++) {
            vowel[i] = (short) (6_000 * Math.sin(i * 0.12) + 3_000 * Math.sin(i * 0.5));
        }
        assertThat(CallSignTones.find(vowel, 0)).isEqualTo(-1);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CallSign(CallSign.CALLERS, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CallSign(0, CallSign.TURNS));
    }

    private static int[] frames(CallSign sign, int from, int count) {
        int[] row = sign.tones();
        int[] frames = new int[count];
        for (int i = 0; i < count; i++) {
            frames[i] = CallSign.toneAt(row, from + i);
        }
        return frames;
    }

    private static List<CallSign> read(int[] frames) {
        CallSignReader reader = new CallSignReader();
        List<CallSign> found = new ArrayList<>();
        for (int tone : frames) {
            reader.frame(tone).ifPresent(found::add);
        }
        return found;
    }
}
