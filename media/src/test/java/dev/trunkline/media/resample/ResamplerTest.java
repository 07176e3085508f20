package dev.trunkline.media.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.wav.WavFile;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

    private static final int[] RATES = {8_000, 16_000, 22_050, 24_000, 44_100, 48_000};

    @Test
    void aToneInTheBandComesOutAsTheSameToneAtTheSameTime() {
        for (int in : RATES) {
            for (int out : RATES) {
                double frequency = 0.35 * Math.min(in, out);
                short[] result = resample(sine(in, frequency, in / 2), in, out);
                assertThat(result).hasSize((int) Math.ceil(in / 2 * (double) out / in));
                double residue = residueAgainst(result, out, frequency);
                assertThat(residue).as("%d -> %d: THD+N in dB", in, out).isLessThan(-60);
            }
        }
    }

    @Test
    void aToneAboveTheBandIsSixtyDecibelsDown() {
        for (int in : RATES) {
            for (int out : RATES) {
                if (out >= in) {
                    continue;
                }
                for (double frequency = out / 2.0; frequency < in / 2.0; frequency += in / 50.0) {
                    short[] result = resample(sine(in, frequency, in / 4), in, out);
                    double level = decibels(rms(middle(result)) / (16_000 / Math.sqrt(2)));
                    assertThat(level)
                            .as("%.0f Hz, %d -> %d", frequency, in, out)
                            .isLessThan(-60);
                }
            }
        }
    }

    @Test
    void theTelephoneBandPassesUnchanged() {
        for (int in : new int[] {16_000, 24_000, 48_000, 22_050}) {
            for (double frequency : new double[] {200, 1_000, 2_000, 3_000, 3_300}) {
                short[] result = resample(sine(in, frequency, in / 4), in, 8_000);
                double level = decibels(rms(middle(result)) / (16_000 / Math.sqrt(2)));
                assertThat(level).as("%.0f Hz, %d -> 8000", frequency, in).isBetween(-0.2, 0.2);
            }
        }
    }

    @Test
    void theImagesOfAnUpsampledToneAreSixtyDecibelsDown() {
        short[] result = middle(resample(sine(8_000, 3_000, 4_000), 8_000, 16_000));
        assertThat(decibels(goertzel(result, 16_000, 5_000) / goertzel(result, 16_000, 3_000)))
                .isLessThan(-60);
    }

    @Test
    void howTheStreamIsCutMakesNoDifference() {
        Random random = new Random(9);
        for (int in : RATES) {
            for (int out : RATES) {
                short[] sound = new short[5_000];
                for (int i = 0; i < sound.length; i++) {
                    sound[i] = (short) random.nextInt();
                }
                short[] whole = resample(sound, in, out);
                Resampler resampler = new Resampler(in, out);
                short[] pieces = new short[whole.length];
                int written = 0;
                for (int done = 0; done < sound.length; ) {
                    int piece = Math.min(sound.length - done, random.nextInt(700));
                    short[] part = new short[resampler.maxOutput(piece)];
                    int n = resampler.process(sound, done, piece, part, 0);
                    System.arraycopy(part, 0, pieces, written, n);
                    written += n;
                    done += piece;
                }
                short[] rest = new short[resampler.maxOutput(0)];
                int n = resampler.flush(rest, 0);
                System.arraycopy(rest, 0, pieces, written, n);
                assertThat(written + n).isEqualTo(whole.length);
                assertThat(pieces).as("%d -> %d", in, out).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"8000,16000", "16000,8000", "22050,8000", "8000,22050", "48000,8000", "24000,16000"})
    void theLookAheadIsAsLongAsItSays(int in, int out) {
        Resampler resampler = new Resampler(in, out);
        short[] result = new short[resampler.maxOutput(2_000)];
        int written = resampler.process(new short[2_000], 0, 2_000, result, 0);
        long expected = (2_000L - resampler.latencySamples()) * out / in;
        assertThat((long) written).isBetween(expected, expected + 1);
        assertThat(resampler.latencySamples() * 1_000.0 / in).isLessThanOrEqualTo(3.6);
    }

    @Test
    void theLoudestInputIsClippedAndNeverWrapsAround() {
        for (int in : RATES) {
            for (int out : RATES) {
                Random random = new Random(1);
                short[] square = new short[4_000];
                for (int i = 0; i < square.length; i++) {
                    square[i] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
                }
                short[] result = resample(square, in, out);
                short[] half = resample(halved(square), in, out);
                for (int i = 0; i < result.length; i++) {
                    int expected = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, 2 * half[i]));
                    assertThat((int) result[i]).as("%d -> %d at %d", in, out, i).isBetween(expected - 4, expected + 4);
                }
            }
        }
    }

    @Test
    void aConstantStaysConstant() {
        short[] constant = new short[4_000];
        Arrays.fill(constant, (short) 1_234);
        for (int in : RATES) {
            for (int out : RATES) {
                assertThat(middle(resample(constant, in, out))).containsOnly((short) 1_234);
            }
        }
    }

    @Test
    void speechComesOutAsSoxMakesItInTheTelephoneBand() throws Exception {
        short[] original = wav("speech-16k.wav");
        short[] ours = resample(original, 16_000, 8_000);
        short[] theirs = wav("speech-8k-sox.wav");
        assertThat(ours).hasSize(theirs.length);
        double noise = 0;
        double signal = 0;
        for (int i = 0; i < ours.length; i++) {
            signal += (double) theirs[i] * theirs[i];
            noise += Math.pow(ours[i] - theirs[i], 2);
        }
        // the speech ends at 3.3 kHz; made by: sox -D speech-16k.wav -b 16 speech-8k-sox.wav rate -h 8000
        assertThat(10 * Math.log10(signal / noise)).isGreaterThan(50);
    }

    @Test
    void ratesThatHaveNothingInCommonAreRefused() {
        assertThatThrownBy(() -> new Resampler(191_999, 48_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Resampler(0, 8_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] wav(String name) throws Exception {
        try (var in = ResamplerTest.class.getResourceAsStream("/dev/trunkline/media/" + name)) {
            return WavFile.read(in).toPcm();
        }
    }

    static short[] resample(short[] sound, int in, int out) {
        Resampler resampler = new Resampler(in, out);
        short[] result = new short[resampler.maxOutput(sound.length) + resampler.maxOutput(0)];
        int n = resampler.process(sound, 0, sound.length, result, 0);
        n += resampler.flush(result, n);
        return Arrays.copyOf(result, n);
    }

    private static short[] sine(int rate, double frequency, int samples) {
        short[] out = new short[samples];
        for (int i = 0; i < samples; i++) {
            out[i] = (short) Math.round(16_000 * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return out;
    }

    private static short[] halved(short[] sound) {
        short[] out = new short[sound.length];
        for (int i = 0; i < sound.length; i++) {
            out[i] = (short) (sound[i] / 2);
        }
        return out;
    }

    /** Everything that is not the original tone in its original phase, against the tone, in dB. */
    private static double residueAgainst(short[] result, int rate, double frequency) {
        double error = 0;
        int from = result.length / 4;
        int to = result.length * 3 / 4;
        for (int i = from; i < to; i++) {
            error += Math.pow(result[i] - 16_000 * Math.sin(2 * Math.PI * frequency * i / rate), 2);
        }
        return decibels(Math.sqrt(error / (to - from)) / (16_000 / Math.sqrt(2)));
    }

    private static short[] middle(short[] sound) {
        return Arrays.copyOfRange(sound, sound.length / 4, sound.length * 3 / 4);
    }

    private static double rms(short[] sound) {
        double sum = 0;
        for (short s : sound) {
            sum += (double) s * s;
        }
        return Math.sqrt(sum / sound.length);
    }

    private static double goertzel(short[] sound, int rate, double frequency) {
        double sin = 0;
        double cos = 0;
        for (int i = 0; i < sound.length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / sound.length);
            sin += window * sound[i] * Math.sin(2 * Math.PI * frequency * i / rate);
            cos += window * sound[i] * Math.cos(2 * Math.PI * frequency * i / rate);
        }
        return Math.hypot(sin, cos);
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(Math.max(1e-9, ratio));
    }
}
