package dev.trunkline.media.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.media.resample.AudioConverter;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s16", "s24", "s32", "f32", "f64", "s24ext"})
    void whatSoxWroteInAnyWidthIsTheSameSound(String kind) throws Exception {
        AudioChunk expected = resource("sox-s16.wav");
        AudioChunk read = resource("sox-" + kind + ".wav");
        assertThat(read.format()).isEqualTo(new AudioFormat(Encoding.PCM16, 11_025, 2));
        assertThat(read.samples()).isEqualTo(expected.samples()).isEqualTo(220);
        short[] a = samples(expected);
        short[] b = samples(read);
        for (int i = 0; i < a.length; i++) {
            assertThat(Math.abs(a[i] - b[i])).isLessThanOrEqualTo(1);
        }
        assertThat(max(a)).isGreaterThan(10_000);
    }

    @Test
    void eightBitsAreUnsignedAndLawsStayLaws() throws Exception {
        short[] expected = samples(resource("sox-s16.wav"));
        short[] eight = samples(resource("sox-u8.wav"));
        for (int i = 0; i < eight.length; i++) {
            assertThat(Math.abs(expected[i] - eight[i])).isLessThanOrEqualTo(300);
        }
        for (Encoding law : new Encoding[] {Encoding.MULAW, Encoding.ALAW}) {
            AudioChunk read = resource(law == Encoding.MULAW ? "sox-mulaw.wav" : "sox-alaw.wav");
            AudioFormat format = new AudioFormat(law, 11_025, 2);
            assertThat(read.format()).isEqualTo(format);
            short[] linear =
                    samples(new AudioConverter(format, new AudioFormat(Encoding.PCM16, 11_025, 2)).convert(read));
            for (int i = 0; i < linear.length; i++) {
                assertThat(Math.abs(expected[i] - linear[i])).isLessThanOrEqualTo(20 + Math.abs(expected[i]) / 16);
            }
        }
    }

    @Test
    void oddChunksBeforeTheSoundAreSkippedWithTheirPadding() throws Exception {
        byte[] file = file(chunk("LIST", new byte[7]), fmt(1, 1, 8_000, 16), chunk("junk", new byte[3]), data(1, 2, 3));
        assertThat(WavFile.read(file).toPcm()).containsExactly(1, 2, 3);
    }

    @Test
    void aFileThatEndsEarlyIsReadAsFarAsItGoes() throws Exception {
        byte[] file = file(fmt(1, 1, 8_000, 16), data(1, 2, 3, 4));
        assertThat(WavFile.read(Arrays.copyOf(file, file.length - 3)).toPcm()).containsExactly(1, 2);
    }

    @Test
    void aStreamWithoutSizesIsReadToItsEnd() throws Exception {
        for (int size : new int[] {0, -1}) {
            byte[] file = file(fmt(1, 1, 8_000, 16), data(1, 2, 3));
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, size).putInt(40, size);
            assertThat(WavFile.read(file).toPcm()).as("size %d", size).containsExactly(1, 2, 3);
        }
    }

    @Test
    void anEmptySoundFollowedByAnotherChunkIsEmpty() throws Exception {
        byte[] file = file(fmt(1, 1, 8_000, 16), data(), chunk("LIST", new byte[100]));
        assertThat(WavFile.read(file).samples()).isZero();
    }

    @Test
    void floatsBeyondTheRangeAreClippedAndNotANumberIsSilence() throws Exception {
        ByteBuffer floats = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(2f)
                .putFloat(-3f)
                .putFloat(Float.NaN)
                .putFloat(Float.POSITIVE_INFINITY)
                .putFloat(0.5f);
        byte[] file = file(fmt(3, 1, 8_000, 32), chunk("data", floats.array()));
        assertThat(WavFile.read(file).toPcm())
                .containsExactly(Short.MAX_VALUE, Short.MIN_VALUE, (short) 0, Short.MAX_VALUE, (short) 16_384);
    }

    @Test
    void everyFileThatIsNotReadSaysWhy() throws Exception {
        assertRefused("", "empty");
        assertRefused("RIFF", "only 4 bytes");
        assertRefused("ID3 this is an mp3 perhaps", "not a wave file");
        assertRefused("RIFX....WAVEfmt ", "RIFX");
        assertRefused("RIFF....WAVE", "no format");
        assertRefused(file(data(1)), "before its format");
        assertRefused(file(fmt(1, 1, 8_000, 16)), "no sound");
        assertRefused(file(fmt(0x55, 1, 8_000, 16), data(1)), "compressed (format 85)");
        assertRefused(file(fmt(1, 0, 8_000, 16), data(1)), "0 channels");
        assertRefused(file(fmt(1, 1, 500_000, 16), data(1)), "500000 Hz");
        assertRefused(file(fmt(1, 1, 8_000, 64), data(1)), "64 bits");
        assertRefused(file(chunk("fmt ", new byte[10]), data(1)), "only 10 bytes");
    }

    @Test
    void aFileThatIsMissingOrBadIsNamed() throws Exception {
        Path path = folder.resolve("greeting.wav");
        Files.writeString(path, "hello, this is no sound");
        assertThatThrownBy(() -> WavFile.read(path))
                .isInstanceOf(WavFormatException.class)
                .hasMessageContaining("greeting.wav: not a wave file");
    }

    @Test
    void whatIsWrittenIsReadBackInEveryFormat() throws Exception {
        Random random = new Random(1);
        for (Encoding encoding : Encoding.values()) {
            for (int channels : new int[] {1, 2}) {
                byte[] data = new byte[(3 * 40_001) / channels * channels * encoding.bytesPerSample()];
                random.nextBytes(data);
                AudioChunk sound = new AudioChunk(new AudioFormat(encoding, 8_000, channels), data);
                Path path = folder.resolve("out.wav");
                WavFile.write(path, sound);
                AudioChunk read = WavFile.read(path);
                assertThat(read.format()).isEqualTo(sound.format());
                assertThat(read.data()).isEqualTo(data);
                assertThat(Files.size(path) % 2).isZero();
                ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(header.getInt(4)).isEqualTo((int) Files.size(path) - 8);
            }
        }
    }

    @Test
    void aFileWhoseWriterWasKilledIsReadAsFarAsItGot() throws Exception {
        Path path = folder.resolve("call.wav");
        try (WavWriter writer = new WavWriter(path, AudioFormat.PCM_8K)) {
            short[] sound = new short[80_000];
            Arrays.fill(sound, (short) 77);
            writer.write(sound, 0, sound.length);
            short[] onDisk = WavFile.read(path).toPcm();
            assertThat(onDisk).hasSizeGreaterThan(60_000).containsOnly((short) 77);
        }
        assertThat(WavFile.read(path).samples()).isEqualTo(80_000);
    }

    @Test
    void closingTwiceAndAnEmptyFileAreFine() throws Exception {
        Path path = folder.resolve("empty.wav");
        WavWriter writer = new WavWriter(path, AudioFormat.MULAW_8K);
        writer.close();
        writer.close();
        assertThat(WavFile.read(path).samples()).isZero();
    }

    @Test
    void noFileWhateverIsInItThrowsAnythingButTheFormatException() throws Exception {
        byte[][] seeds = {
            Files.readAllBytes(path("sox-s24ext.wav")),
            Files.readAllBytes(path("sox-mulaw.wav")),
            file(chunk("LIST", new byte[7]), fmt(1, 1, 8_000, 16), data(1, 2, 3))
        };
        int read = 0;
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] file = seeds[seed % seeds.length].clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                file[random.nextInt(Math.min(file.length, 90))] = (byte) random.nextInt();
            }
            file = Arrays.copyOf(file, random.nextInt(file.length + 1));
            try {
                WavFile.read(file);
                read++;
            } catch (WavFormatException e) {
                assertThat(e).hasMessageNotContaining("null");
                refused++;
            }
        }
        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    private static void assertRefused(String content, String reason) {
        assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), reason);
    }

    private static void assertRefused(byte[] file, String reason) {
        assertThatThrownBy(() -> WavFile.read(file))
                .isInstanceOf(WavFormatException.class)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] file(byte[]... chunks) {
        int length = Arrays.stream(chunks).mapToInt(c -> c.length).sum();
        ByteBuffer out = ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(4 + length).put(ascii("WAVE"));
        for (byte[] chunk : chunks) {
            out.put(chunk);
        }
        return out.array();
    }

    private static byte[] chunk(String id, byte[] content) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + content.length + content.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(ascii(id)).putInt(content.length).put(content).array();
    }

    private static byte[] fmt(int tag, int channels, int rate, int bits) {
        ByteBuffer out = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        int align = channels * bits / 8;
        out.putShort((short) tag).putShort((short) channels).putInt(rate).putInt(rate * align);
        return chunk("fmt ", out.putShort((short) align).putShort((short) bits).array());
    }

    private static byte[] data(int... samples) {
        ByteBuffer out = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int s : samples) {
            out.putShort((short) s);
        }
        return chunk("data", out.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Path path(String name) throws Exception {
        return Path.of(WavFileTest.class.getResource(name).toURI());
    }

    private static AudioChunk resource(String name) throws Exception {
        return WavFile.read(path(name));
    }

    private static short[] samples(AudioChunk chunk) {
        short[] out = new short[chunk.data().length / 2];
        ByteBuffer.wrap(chunk.data())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(out);
        return out;
    }

    private static int max(short[] samples) {
        int max = 0;
        for (short s : samples) {
            max = Math.max(max, s);
        }
        return max;
    }
}
