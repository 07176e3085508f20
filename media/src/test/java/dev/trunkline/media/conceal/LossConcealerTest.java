package dev.trunkline.media.conceal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.wav.WavFile;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossConcealerTest {

    private static final int FRAME = 160;

    private final LossConcealer concealer = new LossConcealer();

    @Test
    void withoutALossTheSoundIsUntouched() {
        short[] tone = tone(200, 0, 1_600);
        short[] given = tone.clone();
        for (int i = 0; i < 10; i++) {
            concealer.good(given, i * FRAME, FRAME);
        }
        assertThat(given).isEqualTo(tone);
        assertThat(concealer.concealed()).isZero();
    }

    @Test
    void aVowelGoesOnWithItsPitchAndPhase() {
        for (int pitch : new int[] {80, 100, 125, 160, 190}) {
            LossConcealer fresh = new LossConcealer();
            short[] sound = tone(pitch, 0, 800);
            fresh.good(sound, 0, 800);
            short[] made = new short[80];
            fresh.lost(made, 0, 80);
            assertThat(snr(tone(pitch, 800, 80), made)).as("%d Hz", pitch).isGreaterThan(12);
        }
    }

    @Test
    void theRepetitionFadesAndIsSilentAfterSixtyMilliseconds() {
        concealer.good(tone(100, 0, 800), 0, 800);
        short[] made = new short[800];
        concealer.lost(made, 0, 800);
        double first = rms(made, 0, 80);
        assertThat(rms(made, 80, 160) / first).isBetween(0.85, 0.95);
        assertThat(rms(made, 240, 320) / first).isBetween(0.45, 0.55);
        assertThat(rms(made, 400, 480) / first).isBetween(0.05, 0.15);
        assertThat(Arrays.copyOfRange(made, 480, 800)).containsOnly((short) 0);
        assertThat(concealer.concealed()).isEqualTo(800);
    }

    @Test
    void thereIsNoClickWhereALossBeginsOrEnds() throws Exception {
        short[] speech = speech();
        int largestStep = largestStep(speech);
        for (int seed = 0; seed < 20; seed++) {
            short[] heard = hear(speech, 0.1, seed, true);
            assertThat(largestStep(heard)).as("seed %d", seed).isLessThanOrEqualTo(largestStep * 5 / 4);
        }
    }

    @Test
    void aSwellingVowelHasNoStepAtTheSeam() {
        short[] sound = new short[800];
        for (int i = 0; i < 800; i++) {
            double phase = 2 * Math.PI * 100 * (i - 799) / 8_000;
            sound[i] = (short) (10_000 * Math.exp((i - 799) / 400.0) * Math.cos(phase));
        }
        concealer.good(sound, 0, 800);
        short[] made = new short[80];
        concealer.lost(made, 0, 80);
        // the last peak was 18 % lower; the tone itself never steps by more than 8 %
        assertThat(Math.abs(made[0] - sound[799])).isLessThan(200);
        assertThat(largestStep(made)).isLessThan(1_000);
    }

    @Test
    void theFirstGoodSoundAfterALossIsBlendedInAndThenUntouched() {
        short[] first = tone(125, 0, 800);
        concealer.good(first, 0, 800);
        concealer.lost(new short[FRAME], 0, FRAME);
        short[] back = new short[FRAME];
        Arrays.fill(back, (short) 5_000);
        concealer.good(back, 0, FRAME);
        // 10 ms: 4 ms and 4 for each 10 ms lost, at most 10
        assertThat(back[0]).isNotEqualTo((short) 5_000);
        assertThat(Arrays.copyOfRange(back, 80, FRAME)).containsOnly((short) 5_000);
    }

    @Test
    void concealedSpeechIsCloserToTheOriginalThanMutedSpeech() throws Exception {
        short[] speech = speech();
        for (double loss : new double[] {0.03, 0.1}) {
            double concealed = 0;
            double muted = 0;
            double concealedEnergy = 0;
            double mutedEnergy = 0;
            for (int seed = 0; seed < 50; seed++) {
                short[] a = hear(speech, loss, seed, true);
                short[] b = hear(speech, loss, seed, false);
                concealed += error(speech, a);
                muted += error(speech, b);
                concealedEnergy += energyJumps(speech, a);
                mutedEnergy += energyJumps(speech, b);
            }
            double gain = 10 * Math.log10(muted / concealed);
            assertThat(gain).as("gain over muting in dB at loss %s", loss).isGreaterThan(0.5);
            // how far the loudness of each 10 ms is from what it should be, in dB: muting tears holes
            assertThat(concealedEnergy).as("loudness at loss %s", loss).isLessThan(mutedEnergy / 3);
        }
    }

    @Test
    void atSixteenKilohertzTheSameHolds() {
        LossConcealer wide = new LossConcealer(16_000);
        short[] sound = new short[1_600];
        short[] next = new short[160];
        for (int i = 0; i < 1_760; i++) {
            short value = (short) (6_000 * Math.sin(2 * Math.PI * 125 * i / 16_000));
            if (i < 1_600) {
                sound[i] = value;
            } else {
                next[i - 1_600] = value;
            }
        }
        wide.good(sound, 0, 1_600);
        short[] made = new short[160];
        wide.lost(made, 0, 160);
        assertThat(snr(next, made)).isGreaterThan(15);
        assertThatThrownBy(() -> new LossConcealer(11_025)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void howTheStretchesAreCutMakesNoDifference() {
        short[] sound = tone(140, 0, 800);
        concealer.good(sound, 0, 800);
        short[] whole = new short[400];
        concealer.lost(whole, 0, 400);
        LossConcealer other = new LossConcealer();
        other.good(sound, 0, 800);
        short[] pieces = new short[400];
        Random random = new Random(6);
        for (int done = 0; done < 400; ) {
            int piece = Math.min(400 - done, random.nextInt(50));
            other.lost(pieces, done, piece);
            done += piece;
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void aLossBeforeAnySoundIsSilence() {
        short[] made = new short[FRAME];
        Arrays.fill(made, (short) 9);
        concealer.lost(made, 0, FRAME);
        assertThat(made).containsOnly((short) 0);
    }

    @Test
    void theLoudestSoundNeverWrapsAround() {
        short[] square = new short[800];
        for (int i = 0; i < 800; i++) {
            square[i] = i / 31 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        concealer.good(square, 0, 800);
        short[] made = new short[80];
        concealer.lost(made, 0, 80);
        int wrong = 0;
        for (int i = 1; i < 80; i++) {
            wrong += Math.abs(made[i] - made[i - 1]) > 66_000 ? 1 : 0;
        }
        assertThat(wrong).isZero();
        assertThat(rms(made, 0, 80)).isGreaterThan(20_000);
    }

    private static short[] hear(short[] speech, double loss, int seed, boolean conceal) {
        Random random = new Random(seed);
        LossConcealer concealer = new LossConcealer();
        short[] heard = speech.clone();
        for (int at = 0; at + FRAME <= speech.length; at += FRAME) {
            boolean lost = at > 0 && random.nextDouble() < loss;
            if (!conceal) {
                if (lost) {
                    Arrays.fill(heard, at, at + FRAME, (short) 0);
                }
            } else if (lost) {
                concealer.lost(heard, at, FRAME);
            } else {
                concealer.good(heard, at, FRAME);
            }
        }
        return heard;
    }

    private static double error(short[] expected, short[] heard) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += Math.pow(expected[i] - heard[i], 2);
        }
        return sum;
    }

    private static double energyJumps(short[] expected, short[] heard) {
        double sum = 0;
        for (int at = 0; at + 80 <= expected.length; at += 80) {
            double should = 20 * Math.log10(30 + rms(expected, at, at + 80));
            double is = 20 * Math.log10(30 + rms(heard, at, at + 80));
            sum += Math.abs(should - is);
        }
        return sum;
    }

    private static int largestStep(short[] sound) {
        int largest = 0;
        for (int i = 1; i < sound.length; i++) {
            largest = Math.max(largest, Math.abs(sound[i] - sound[i - 1]));
        }
        return largest;
    }

    private static double snr(short[] expected, short[] made) {
        double signal = 0;
        for (short s : expected) {
            signal += (double) s * s;
        }
        return 10 * Math.log10(signal / Math.max(1, error(expected, made)));
    }

    private static double rms(short[] sound, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    /** A pitch with five harmonics. */
    private static short[] tone(int pitch, int from, int samples) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            double value = 0;
            for (int h = 1; h <= 5; h++) {
                value += 3_000.0 / h * Math.sin(2 * Math.PI * pitch * h * (from + i) / 8_000 + h);
            }
            out[i] = (short) value;
        }
        return out;
    }

    private static short[] speech() throws Exception {
        try (var in = LossConcealerTest.class.getResourceAsStream("/dev/trunkline/media/speech-8k-sox.wav")) {
            return WavFile.read(in).toPcm();
        }
    }
}
