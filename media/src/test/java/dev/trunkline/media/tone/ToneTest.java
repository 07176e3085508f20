package dev.trunkline.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.codec.G711;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToneTest {

    @Test
    void everyKeyHasItsTwoFrequenciesAndNoOther() {
        ToneDetector detector = new ToneDetector(8_000, 697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633);
        for (char key : "0123456789*#ABCD".toCharArray()) {
            short[] tone = DtmfTones.tone(key, 8_000, 100, 8_000);
            assertThat(tone).hasSize(800);
            for (int i = 0; i < 8; i++) {
                double frequency = detector.frequency(i);
                boolean of = frequency == DtmfTones.rowFrequency(key) || frequency == DtmfTones.columnFrequency(key);
                double share = detector.share(i, tone, 0, 800);
                if (of) {
                    assertThat(share).as("%c at %.0f Hz", key, frequency).isBetween(0.45, 0.55);
                } else {
                    assertThat(share).as("%c at %.0f Hz", key, frequency).isLessThan(0.02);
                }
            }
        }
        assertThat(DtmfTones.rowFrequency('5')).isEqualTo(770);
        assertThat(DtmfTones.columnFrequency('5')).isEqualTo(1_336);
    }

    @Test
    void whatIsNoKeyHasNoTone() {
        assertThatThrownBy(() -> DtmfTones.tone('x', 8_000, 100, 8_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void theAmplitudeOfAToneIsMeasuredThroughMulaw() {
        short[] tone = sine(1_000, 8_000, 1_600);
        for (int i = 0; i < tone.length; i++) {
            tone[i] = G711.mulawToLinear(G711.linearToMulaw(tone[i]));
        }
        assertThat(new ToneDetector(8_000, 1_000).amplitude(0, tone, 0, 1_600)).isBetween(7_900.0, 8_100.0);
    }

    @Test
    void aSignatureIsFoundAmongOthersAndNoiseHasNone() {
        ToneDetector detector = new ToneDetector(8_000, 500, 600, 700, 800);
        assertThat(detector.dominant(sine(700, 3_000, 800), 0, 800, 0.5)).isEqualTo(2);
        assertThat(detector.dominant(new short[800], 0, 800, 0.5)).isEqualTo(-1);
        assertThat(detector.dominant(new short[800], 0, 800, 0)).isEqualTo(-1);
        Random random = new Random(2);
        short[] noise = new short[800];
        for (int i = 0; i < 800; i++) {
            noise[i] = (short) (random.nextGaussian() * 1_000);
        }
        assertThat(detector.dominant(noise, 0, 800, 0.3)).isEqualTo(-1);
    }

    @Test
    void frequenciesBeyondHalfTheRateAreRefused() {
        assertThatThrownBy(() -> new ToneDetector(8_000, 4_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] sine(double frequency, int amplitude, int samples) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * frequency * i / 8_000));
        }
        return out;
    }
}
