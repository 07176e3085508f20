package dev.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusTest {

    private static final int RATE = 16_000;

    private final List<Codec> open = new ArrayList<>();
    private final byte[] packet = new byte[1_500];
    private final short[] sound = new short[1_920];

    @BeforeEach
    void needsTheLibrary() {
        // scripts/peers.sh installs it
        assumeTrue(Opus.isAvailable(), "no libopus");
    }

    @AfterEach
    void close() {
        open.forEach(Codec::close);
    }

    private Codec codec(String parameters) {
        Codec codec = Codecs.OPUS.create(111, parameters);
        open.add(codec);
        return codec;
    }

    private static short[] tone(double hertz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return tone;
    }

    private static short[] speech() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpusTest.class.getResourceAsStream("../speech-16k.wav"))) {
            byte[] file = in.readAllBytes();
            short[] samples = new short[(file.length - 44) / 2];
            ByteBuffer.wrap(file, 44, file.length - 44)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .get(samples);
            return samples;
        }
    }

    /** The share of the energy at that frequency. */
    private static double share(short[] samples, int from, int to, double hertz) {
        double cosine = 0;
        double sine = 0;
        double energy = 0;
        for (int i = from; i < to; i++) {
            cosine += samples[i] * Math.cos(2 * Math.PI * hertz * i / RATE);
            sine += samples[i] * Math.sin(2 * Math.PI * hertz * i / RATE);
            energy += (double) samples[i] * samples[i];
        }
        return 2 * (cosine * cosine + sine * sine) / ((to - from) * energy);
    }

    /** Through both, packets of so many samples, those for which the test says so lost and recovered. */
    private short[] through(Codec from, Codec to, short[] in, int size, int lostEvery) {
        short[] out = new short[in.length];
        int at = 0;
        boolean missing = false;
        for (int n = 1; at + size <= in.length; n++) {
            int length = from.encode(in, at, size, packet, 0);
            assertThat(to.clockUnits(packet, 0, length)).isEqualTo(3 * size);
            if (lostEvery > 0 && n % lostEvery == 0) {
                missing = true;
            } else {
                if (missing) {
                    assertThat(to.recover(packet, 0, length, out, at - size, size))
                            .isEqualTo(size);
                    missing = false;
                }
                assertThat(to.decode(packet, 0, length, out, at)).isEqualTo(size);
            }
            at += size;
        }
        return out;
    }

    /** Signal to noise at the best alignment, in dB. */
    private static double likeness(short[] in, short[] out) {
        double best = Double.NEGATIVE_INFINITY;
        for (int delay = 0; delay < 300; delay++) {
            double both = 0;
            double signal = 0;
            double result = 0;
            for (int i = 0; i < in.length - delay; i++) {
                both += (double) in[i] * out[i + delay];
                signal += (double) in[i] * in[i];
                result += (double) out[i + delay] * out[i + delay];
            }
            double correlation = both / Math.sqrt(signal * result);
            best = Math.max(best, 10 * Math.log10(1 / (1 - correlation * correlation)));
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 60})
    void speechSurvivesInPacketsOfEachLength(int millis) throws IOException {
        short[] in = speech();

        short[] out = through(codec(""), codec(""), in, 16 * millis, 0);

        assertThat(likeness(in, out)).isGreaterThan(5);
    }

    @Test
    void theWholeBandOfSpeechIsCarried() {
        short[] out = through(codec(""), codec(""), tone(6_000, RATE), 320, 0);

        assertThat(share(out, 3_200, 15_000, 6_000)).isGreaterThan(0.9);
    }

    @Test
    void aFarSideThatPlaysTheTelephonesBandIsSentNoMore() {
        short[] out = through(codec("maxplaybackrate=8000"), codec(""), tone(6_000, RATE), 320, 0);

        assertThat(share(out, 3_200, 15_000, 6_000)).isLessThan(0.5);
    }

    @Test
    void whatTheNextPacketRepeatsStandsInForALostOne() throws IOException {
        short[] in = speech();

        double repeated = likeness(in, through(codec("useinbandfec=1"), codec(""), in, 320, 6));
        double madeUp = likeness(in, through(codec("useinbandfec=0"), codec(""), in, 320, 6));

        assertThat(repeated).isGreaterThan(madeUp + 0.5);
    }

    @Test
    void aLossIsMadeUpOutOfWhatCameBefore() {
        short[] in = tone(400, RATE);

        short[] out = through(codec(""), codec(""), in, 320, 10);

        assertThat(share(out, 3_200, 15_000, 400)).isGreaterThan(0.8);
    }

    @Test
    void theFarSidesBitrateIsHeeded() throws IOException {
        assertThat(bits(codec("maxaveragebitrate=10000"))).isLessThan(13_000);
        assertThat(bits(codec("maxaveragebitrate=510000"))).isBetween(15_000, 30_000);
        assertThat(bits(codec(" maxaveragebitrate = nonsense ; ;=;cbr"))).isBetween(15_000, 30_000);
    }

    /** A second of speech. */
    private int bits(Codec codec) throws IOException {
        short[] in = speech();
        int bytes = 0;
        for (int at = 0; at + 320 <= RATE; at += 320) {
            bytes += codec.encode(in, at, 320, packet, 0);
        }
        return 8 * bytes;
    }

    @Test
    void constantBitrateMakesPacketsOfOneSize() throws IOException {
        Codec codec = codec("cbr=1");
        short[] in = speech();
        int size = codec.encode(in, 0, 320, packet, 0);
        for (int at = 320; at < 8_000; at += 320) {
            assertThat(codec.encode(in, at, 320, packet, 0)).isEqualTo(size);
        }
    }

    @Test
    void packetsOfSixtyMillisecondsInStereoAreMixedDown() throws IOException {
        // ffmpeg -f lavfi -i sine=frequency=1000:duration=0.9:sample_rate=48000 -ac 2 -c:a libopus -b:a 32k
        //     -frame_duration 60 -f ogg ffmpeg-stereo-60ms.opus.ogg
        Codec codec = codec("");
        short[] out = new short[RATE];
        int at = 0;
        List<byte[]> packets = packetsOf("ffmpeg-stereo-60ms.opus.ogg");
        for (byte[] each : packets.subList(2, packets.size())) {
            assertThat(codec.clockUnits(each, 0, each.length)).isEqualTo(2_880);
            assertThat(codec.decode(each, 0, each.length, out, at)).isEqualTo(960);
            at += 960;
        }

        assertThat(at).isGreaterThanOrEqualTo(14_400);
        assertThat(share(out, 1_600, 13_000, 1_000)).isGreaterThan(0.99);
    }

    /** The packets of an Ogg file (RFC 3533), the two headers of Opus among them. */
    private static List<byte[]> packetsOf(String name) throws IOException {
        byte[] file;
        try (InputStream in = Objects.requireNonNull(OpusTest.class.getResourceAsStream(name), name)) {
            file = in.readAllBytes();
        }
        List<byte[]> packets = new ArrayList<>();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        int page = 0;
        while (page < file.length) {
            int segments = file[page + 26] & 0xFF;
            int data = page + 27 + segments;
            for (int i = 0; i < segments; i++) {
                int size = file[page + 27 + i] & 0xFF;
                current.write(file, data, size);
                data += size;
                if (size < 255) {
                    packets.add(current.toByteArray());
                    current.reset();
                }
            }
            page = data;
        }
        return packets;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 480",
        "8, 960",
        "16, 1920",
        "24, 2880",
        "96, 480",
        "104, 960",
        "128, 120",
        "136, 240",
        "144, 480",
        "152, 960",
        "153, 1920"
    })
    void theFirstByteTellsHowLongAPacketIs(int contents, int units) {
        assertThat(codec("").clockUnits(new byte[] {(byte) contents, 0, 0}, 0, 3))
                .isEqualTo(units);
    }

    @Test
    void aPacketThatClaimsMoreThanIsAllowedIsNone() {
        // 48 frames of 60 ms; and none at all
        assertThat(codec("").clockUnits(new byte[] {27, 48}, 0, 2)).isZero();
        assertThat(codec("").clockUnits(new byte[] {27}, 0, 1)).isZero();
        assertThat(codec("").clockUnits(new byte[0], 0, 0)).isZero();
        // 120 ms is the most
        assertThat(codec("").clockUnits(new byte[] {27, 2}, 0, 2)).isEqualTo(5_760);
    }

    @Test
    void noiseInsteadOfPacketsDoesNoHarm() {
        Codec codec = codec("");
        Random random = new Random(4);
        int decoded = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            int samples = codec.decode(noise, 0, noise.length, sound, 0);
            assertThat(samples).isBetween(0, 1_920);
            codec.recover(noise, 0, noise.length, sound, 0, 320);
            decoded += samples;
        }
        codec.reset();
        short[] in = tone(400, 8_000);

        assertThat(decoded).isPositive();
        assertThat(share(through(codec(""), codec, in, 320, 0), 3_200, 7_000, 400))
                .isGreaterThan(0.9);
    }

    @Test
    void afterAResetNothingIsLeftOfTheStreamBefore() {
        Codec used = codec("");
        through(codec(""), used, tone(3_000, 8_000), 320, 0);

        used.reset();

        short[] in = tone(500, 8_000);
        assertThat(through(codec(""), used, in, 320, 0)).isEqualTo(through(codec(""), codec(""), in, 320, 0));
    }

    @Test
    void closingFreesItAndASecondCloseDoesNothing() {
        Codec codec = Codecs.OPUS.create();
        int length = codec.encode(new short[320], 0, 320, packet, 0);
        codec.decode(packet, 0, length, sound, 0);

        codec.close();
        codec.close();

        assertThatThrownBy(() -> codec.encode(new short[320], 0, 320, packet, 0))
                .isInstanceOf(IllegalStateException.class);
        Codecs.OPUS.create().close();
    }

    @Test
    void silenceStaysSilence() {
        short[] out = through(codec(""), codec(""), new short[8_000], 320, 0);

        int loudest = 0;
        for (short sample : Arrays.copyOfRange(out, 3_200, 8_000)) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        assertThat(loudest).isCloseTo(0, within(8));
    }
}
