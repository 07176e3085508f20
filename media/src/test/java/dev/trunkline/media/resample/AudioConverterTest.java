package dev.trunkline.media.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.codec.G711;
import dev.trunkline.media.tone.ToneDetector;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioConverterTest {

    private static final AudioFormat STEREO_44K = new AudioFormat(Encoding.PCM16, 44_100, 2);

    @Test
    void equalFormatsPassUntouched() {
        AudioChunk chunk = AudioChunk.silence(160, 8_000);
        AudioConverter converter = new AudioConverter(AudioFormat.PCM_8K, AudioFormat.PCM_8K);
        assertThat(converter.convert(chunk)).isSameAs(chunk);
        assertThat(converter.flush().samples()).isZero();
    }

    @Test
    void mulawBecomesLinearAndBackWithoutAChange() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) (i == 0x7F ? 0xFF : i);
        }
        AudioChunk linear = new AudioConverter(AudioFormat.MULAW_8K, AudioFormat.PCM_8K)
                .convert(new AudioChunk(AudioFormat.MULAW_8K, all));
        assertThat(linear.toPcm()[0]).isEqualTo((short) -32124);
        AudioChunk back = new AudioConverter(AudioFormat.PCM_8K, AudioFormat.MULAW_8K).convert(linear);
        assertThat(back.data()).isEqualTo(all);
    }

    @Test
    void oneLawBecomesTheOtherByTable() {
        byte[] data = {(byte) 0xFF, 0x00, (byte) 0x80, 0x35};
        AudioChunk alaw = new AudioConverter(AudioFormat.MULAW_8K, AudioFormat.ALAW_8K)
                .convert(new AudioChunk(AudioFormat.MULAW_8K, data));
        byte[] expected = new byte[4];
        G711.mulawToAlaw(data, 0, 4, expected, 0);
        assertThat(alaw.data()).isEqualTo(expected);
    }

    @Test
    void stereoMusicBecomesMulawWithBothChannelsInIt() {
        byte[] data = new byte[44_100 * 4];
        for (int i = 0; i < 44_100; i++) {
            put(data, i * 4, 6_000 * Math.sin(2 * Math.PI * 440 * i / 44_100));
            put(data, i * 4 + 2, 6_000 * Math.sin(2 * Math.PI * 1_000 * i / 44_100));
        }
        AudioConverter converter = new AudioConverter(STEREO_44K, AudioFormat.MULAW_8K);
        AudioChunk first = converter.convert(new AudioChunk(STEREO_44K, data));
        AudioChunk last = converter.flush();
        assertThat(first.samples() + last.samples()).isEqualTo(8_000);
        short[] pcm = new AudioConverter(AudioFormat.MULAW_8K, AudioFormat.PCM_8K)
                .convert(first)
                .toPcm();
        ToneDetector detector = new ToneDetector(8_000, 440, 1_000, 700);
        assertThat(detector.amplitude(0, pcm, 0, 4_000)).isBetween(2_900.0, 3_100.0);
        assertThat(detector.amplitude(1, pcm, 0, 4_000)).isBetween(2_900.0, 3_100.0);
        assertThat(detector.amplitude(2, pcm, 0, 4_000)).isLessThan(50.0);
    }

    @Test
    void stereoStaysStereoWithTheChannelsApart() {
        AudioFormat stereo8k = new AudioFormat(Encoding.PCM16, 8_000, 2);
        byte[] data = new byte[44_100 * 4];
        for (int i = 0; i < 44_100; i++) {
            put(data, i * 4, 6_000 * Math.sin(2 * Math.PI * 440 * i / 44_100));
        }
        AudioChunk out = new AudioConverter(STEREO_44K, stereo8k).convert(new AudioChunk(STEREO_44K, data));
        short[] samples = new short[out.samples()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (out.data()[i * 4] & 0xFF | out.data()[i * 4 + 1] << 8);
            assertThat(out.data()[i * 4 + 2]).isZero();
        }
        assertThat(new ToneDetector(8_000, 440).share(0, samples, 400, 7_000)).isGreaterThan(0.99);
    }

    @Test
    void monoBecomesStereoWithTheSameInBoth() {
        AudioFormat stereo = new AudioFormat(Encoding.PCM16, 8_000, 2);
        AudioChunk out =
                new AudioConverter(AudioFormat.PCM_8K, stereo).convert(AudioChunk.ofPcm(new short[] {1, -2, 3}, 8_000));
        assertThat(out.data()).containsExactly(1, 0, 1, 0, -2, -1, -2, -1, 3, 0, 3, 0);
    }

    @Test
    void howTheStreamIsCutMakesNoDifference() {
        Random random = new Random(2);
        byte[] data = new byte[12_000 * 4];
        random.nextBytes(data);
        AudioConverter whole = new AudioConverter(STEREO_44K, AudioFormat.PCM_16K);
        byte[] expected = join(whole.convert(new AudioChunk(STEREO_44K, data)), whole.flush());
        AudioConverter cut = new AudioConverter(STEREO_44K, AudioFormat.PCM_16K);
        byte[] got = new byte[expected.length];
        int written = 0;
        for (int done = 0; done < data.length; ) {
            int piece = Math.min(data.length - done, 4 * random.nextInt(3_000));
            byte[] out = new byte[cut.maxOutput(piece)];
            int n = cut.convert(data, done, piece, out, 0);
            System.arraycopy(out, 0, got, written, n);
            written += n;
            done += piece;
        }
        byte[] rest = new byte[cut.maxOutput(0)];
        int last = cut.flush(rest, 0);
        System.arraycopy(rest, 0, got, written, last);
        assertThat(written + last).isEqualTo(expected.length);
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void aChunkOfAnotherFormatIsRefused() {
        AudioConverter converter = new AudioConverter(AudioFormat.PCM_8K, AudioFormat.PCM_16K);
        assertThatThrownBy(() -> converter.convert(AudioChunk.silence(10, 16_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16000");
        assertThatThrownBy(() -> converter.convert(new byte[3], 0, 3, new byte[100], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] join(AudioChunk a, AudioChunk b) {
        byte[] out = Arrays.copyOf(a.data(), a.data().length + b.data().length);
        System.arraycopy(b.data(), 0, out, a.data().length, b.data().length);
        return out;
    }

    private static void put(byte[] data, int at, double value) {
        short s = (short) Math.round(value);
        data[at] = (byte) s;
        data[at + 1] = (byte) (s >> 8);
    }
}
