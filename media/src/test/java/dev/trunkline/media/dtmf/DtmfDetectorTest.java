package dev.trunkline.media.dtmf;

import static dev.trunkline.media.dtmf.KeyedLine.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.Speech;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DtmfDetectorTest {

    private static final int LINES = 20;

    private static KeyedLine line(long seed, double rowLevel, double columnLevel, double detune) {
        KeyedLine line = new KeyedLine(seed);
        line.rowLevel = rowLevel;
        line.columnLevel = columnLevel;
        line.detune = detune;
        return line;
    }

    private static void allAreHeard(int tone, int pause, double row, double column, double detune, double noise) {
        for (int seed = 0; seed < LINES; seed++) {
            KeyedLine line = line(seed, row, column, detune).press(ALL, tone, pause);
            assertThat(KeyedLine.heard(KeyedLine.throughMulaw(line.noisy(noise))))
                    .as("line %d", seed)
                    .isEqualTo(ALL);
        }
    }

    private static void noneIsHeard(int tone, double row, double column, double detune) {
        for (int seed = 0; seed < LINES; seed++) {
            KeyedLine line = line(seed, row, column, detune).press(ALL, tone, 60);
            assertThat(KeyedLine.heard(KeyedLine.throughMulaw(line.noisy(40)))).isEmpty();
        }
    }

    @Test
    void everyKeyOfATelephone() {
        allAreHeard(100, 60, -9, -7, 0, 40);
    }

    @Test
    void theShortestTonesWithTheShortestPauses() {
        allAreHeard(40, 40, -9, -7, 0, 40);
    }

    @Test
    void tonesAtTheLimitsOfTheirFrequencies() {
        allAreHeard(40, 40, -9, -7, 0.015, 20);
    }

    @Test
    void tonesBesideTheirFrequenciesAreNoKeys() {
        noneIsHeard(100, -9, -7, 0.035);
        noneIsHeard(300, -9, -7, 0.035);
    }

    @Test
    void throughNoise() {
        allAreHeard(50, 50, -9, -7, 0.015, 15);
        allAreHeard(100, 60, -9, -7, 0, 10);
    }

    @Test
    void fromTheLoudestToTheSoftest() {
        allAreHeard(50, 50, 0, 0, 0, 30);
        allAreHeard(50, 50, -3, -3, 0.015, 30);
        allAreHeard(50, 50, -25, -25, 0.015, 20);
    }

    @Test
    void softerThanAnyTelephoneIsNothing() {
        noneIsHeard(100, -35, -35, 0);
    }

    @Test
    void oneToneLouderThanTheOther() {
        allAreHeard(40, 40, -14, -10, 0.015, 20);
        allAreHeard(40, 40, -10, -18, 0.015, 20);
        noneIsHeard(100, -19, -10, 0);
        noneIsHeard(100, -7, -20, 0);
    }

    @Test
    void aClickOfATelephoneIsNoKey() {
        noneIsHeard(23, -9, -7, 0);
    }

    @Test
    void theSameKeyTwiceIsTwoKeysAndALongOneIsOne() {
        KeyedLine line =
                new KeyedLine(1).press("55", 40, 40).press("5", 4_000, 40).press("5", 60, 40);
        assertThat(KeyedLine.heard(line.samples())).isEqualTo("5555");
    }

    @Test
    void aToneWithABreakOfTenMillisecondsIsOneKey() {
        for (int seed = 0; seed < LINES; seed++) {
            KeyedLine line = new KeyedLine(seed).press("7", 60, 9).press("7", 60, 60);
            assertThat(KeyedLine.heard(line.samples())).isEqualTo("7");
        }
    }

    @Test
    void lengthsAreRightToWithinTenMilliseconds() {
        for (int length : new int[] {50, 80, 120, 500}) {
            KeyedLine.Ear ear = new KeyedLine.Ear();
            DtmfDetector detector = new DtmfDetector(ear);
            short[] samples = new KeyedLine(length).press("3", length, 100).samples();
            detector.hear(samples, 0, samples.length);
            assertThat(ear.millis)
                    .singleElement()
                    .satisfies(heard -> assertThat(heard).isBetween(length - 10, length + 10));
        }
    }

    @Test
    void lostPacketsWithinATone() {
        for (int seed = 0; seed < LINES; seed++) {
            KeyedLine line = new KeyedLine(seed).press(ALL, 120, 80);
            assertThat(line.heardWithLoss(KeyedLine.throughMulaw(line.noisy(20)), 0.03, 1))
                    .as("line %d", seed)
                    .isEqualTo(ALL);
        }
    }

    @Test
    void aGapInTheMiddleOfAToneDoesNotMakeTwoKeysOfIt() {
        KeyedLine line = new KeyedLine(3).press("8", 300, 100);
        short[] samples = line.samples();
        KeyedLine.Ear ear = new KeyedLine.Ear();
        DtmfDetector detector = new DtmfDetector(ear);
        for (int at = 0; at + 160 <= samples.length; at += 160) {
            if (at >= 1_280 && at < 1_760) {
                detector.concealed(160);
            } else {
                detector.hear(samples, at, 160);
            }
        }
        assertThat(ear.keys).hasToString("8");
    }

    @Test
    void aKeyEndsWhenTheStreamBreaksOff() {
        KeyedLine.Ear ear = new KeyedLine.Ear();
        DtmfDetector detector = new DtmfDetector(ear);
        short[] samples = new KeyedLine(3).press("8", 300, 100).samples();
        detector.hear(samples, 0, 1_600);
        assertThat(detector.isDown()).isTrue();
        for (int i = 0; i < 5; i++) {
            detector.concealed(160);
        }
        assertThat(detector.isDown()).isFalse();
        assertThat(ear.millis).hasSize(1);
    }

    @Test
    void piecesOfAnyLengthGiveTheSame() {
        short[] samples = new KeyedLine(5).press(ALL, 50, 50).samples();
        KeyedLine.Ear ear = new KeyedLine.Ear();
        DtmfDetector detector = new DtmfDetector(ear);
        Random random = new Random(5);
        int at = 0;
        while (at < samples.length) {
            int part = Math.min(samples.length - at, 1 + random.nextInt(500));
            detector.hear(samples, at, part);
            at += part;
        }
        assertThat(ear.keys).hasToString(ALL);
    }

    @Test
    void aDialToneWithHarmonicsIsNoKey() {
        short[] buzz = new short[16_000];
        for (int i = 0; i < buzz.length; i++) {
            double row = 2 * Math.PI * 941 * i / 8_000;
            double column = 2 * Math.PI * 1_336 * i / 8_000;
            buzz[i] = (short) (6_000 * (Math.sin(row) + Math.sin(column)) + 2_600 * Math.sin(2 * column));
        }
        assertThat(KeyedLine.heard(buzz)).isEmpty();
    }

    @Test
    void speechOfManyPitchesIsNoKey() {
        short[] sentence = Speech.sentence();
        for (double speed = 0.6; speed < 1.6; speed += 0.02) {
            assertThat(KeyedLine.heard(atSpeed(sentence, speed)))
                    .as("speed %.2f", speed)
                    .isEmpty();
        }
    }

    @Test
    void speechOverATone() {
        short[] sentence = Speech.sentence();
        short[] tones = new KeyedLine(9).press("1234567890", 100, 100).samples();
        for (int i = 0; i < Math.min(tones.length, sentence.length); i++) {
            // a voice 20 dB below its loudness: somebody talks in the room while the key is pressed
            tones[i] += (short) (sentence[i] / 10);
        }
        assertThat(KeyedLine.heard(tones)).isEqualTo("1234567890");
    }

    private static short[] atSpeed(short[] samples, double speed) {
        short[] out = new short[(int) ((samples.length - 1) / speed)];
        for (int i = 0; i < out.length; i++) {
            double at = i * speed;
            int whole = (int) at;
            out[i] = (short) (samples[whole] + (at - whole) * (samples[whole + 1] - samples[whole]));
        }
        return out;
    }
}
