package dev.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Against ffmpeg 5.1.9, an independent implementation. {@code g722-in.raw} is clipping noise, white noise at full scale, a
 * sweep, silence and speech; the others were made of it by
 * {@code ffmpeg -f s16le -ar 16000 -ac 1 -i g722-in.raw -c:a g722 -f g722 ffmpeg.g722} and
 * {@code ffmpeg -f g722 -i ffmpeg.g722 -f s16le ffmpeg-from-g722.raw}.
 */
class G722Test {

    private final Codec codec = Codecs.G722.create();

    private static byte[] file(String name) throws IOException {
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(G722Test.class.getResourceAsStream(name), name))) {
            return in.readAllBytes();
        }
    }

    private static short[] sound(String name) throws IOException {
        byte[] raw = file(name);
        short[] samples = new short[raw.length / 2];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private short[] decoded(byte[] payload) {
        short[] out = new short[2 * payload.length];
        assertThat(codec.decode(payload, 0, payload.length, out, 0)).isEqualTo(out.length);
        return out;
    }

    @Test
    void theEncoderGivesTheVeryBytesOfFfmpeg() throws IOException {
        short[] in = sound("g722-in.raw.gz");
        byte[] out = new byte[in.length / 2];

        assertThat(codec.encode(in, 0, in.length, out, 0)).isEqualTo(out.length);

        assertThat(out).isEqualTo(file("ffmpeg.g722.gz"));
    }

    @Test
    void theDecoderGivesTheVerySamplesOfFfmpeg() throws IOException {
        assertThat(decoded(file("ffmpeg.g722.gz"))).isEqualTo(sound("ffmpeg-from-g722.raw.gz"));
    }

    @Test
    void packetByPacketIsTheSameAsAtOnce() throws IOException {
        byte[] coded = file("ffmpeg.g722.gz");
        short[] in = sound("g722-in.raw.gz");
        byte[] outCoded = new byte[coded.length];
        short[] out = new short[2 * coded.length];
        int[] sizes = {80, 160, 240, 320, 480, 2};
        int at = 0;
        for (int i = 0; at < coded.length; i++) {
            int size = Math.min(sizes[i % sizes.length], coded.length - at);
            codec.decode(coded, at, size, out, 2 * at);
            codec.encode(in, 2 * at, 2 * size, outCoded, at);
            at += size;
        }

        assertThat(out).isEqualTo(sound("ffmpeg-from-g722.raw.gz"));
        assertThat(outCoded).isEqualTo(coded);
    }

    @Test
    void speechSurvivesBothWays() throws IOException {
        short[] in = Arrays.copyOfRange(sound("g722-in.raw.gz"), 4_000, 16_000);
        byte[] coded = new byte[in.length / 2];
        codec.encode(in, 0, in.length, coded, 0);
        short[] out = decoded(coded);

        // the two filters together delay by 22 samples
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < in.length - 22; i++) {
            double error = in[i] - out[i + 22];
            signal += (double) in[i] * in[i];
            noise += error * error;
        }
        assertThat(10 * Math.log10(signal / noise)).isGreaterThan(18);
    }

    @Test
    void afterAResetNothingIsLeftOfTheStreamBefore() throws IOException {
        byte[] coded = file("ffmpeg.g722.gz");
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        decoded(noise);

        codec.reset();

        assertThat(decoded(coded)).isEqualTo(sound("ffmpeg-from-g722.raw.gz"));
    }

    @Test
    void aByteIsTwoSamplesAndOneUnitOfTheClock() {
        assertThat(codec.clockUnits(new byte[160], 0, 160)).isEqualTo(160);
        assertThat(codec.clockRate()).isEqualTo(8_000);
        assertThat(codec.sampleRate()).isEqualTo(16_000);
        assertThat(codec.payloadType()).isEqualTo(9);
    }

    @Test
    void aRangeOutsideOfItsArrayIsRefused() {
        assertThatThrownBy(() -> codec.decode(new byte[10], 5, 6, new short[100], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decode(new byte[10], 0, 10, new short[19], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.encode(new short[10], 0, 10, new byte[4], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
