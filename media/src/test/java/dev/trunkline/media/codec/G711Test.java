package dev.trunkline.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class G711Test {

    @Test
    void theFirstValuesAreThoseOfTheRecommendation() {
        assertThat(G711.mulawToLinear((byte) 0xFF)).isZero();
        assertThat(G711.mulawToLinear((byte) 0x80)).isEqualTo((short) 32124);
        assertThat(G711.mulawToLinear((byte) 0x00)).isEqualTo((short) -32124);
        assertThat(G711.alawToLinear((byte) 0xD5)).isEqualTo((short) 8);
        assertThat(G711.alawToLinear((byte) 0xAA)).isEqualTo((short) 32256);
        assertThat(G711.linearToMulaw((short) 0)).isEqualTo(G711.MULAW_SILENCE);
        assertThat(G711.linearToAlaw((short) 0)).isEqualTo(G711.ALAW_SILENCE);
    }

    @Test
    void mulawDecisionValuesAreThoseOfTable2a() {
        // table 2a gives the decision values as 1, 3 .. 31, then steps doubling at 31, 95, 223 ..., in units of 4 here
        int code = 0;
        int decision = 1;
        for (int segment = 0; segment < 8; segment++) {
            for (int step = 0; step < 16 && code < 127; step++, code++) {
                int sample = decision * 4;
                assertThat(~G711.linearToMulaw((short) (sample - 1)) & 0xFF).isEqualTo(code);
                assertThat(~G711.linearToMulaw((short) sample) & 0xFF).isEqualTo(code + 1);
                assertThat(~G711.linearToMulaw((short) -sample) & 0xFF).isEqualTo(0x80 | code);
                assertThat(~G711.linearToMulaw((short) (-sample - 1)) & 0xFF).isEqualTo(0x80 | (code + 1));
                decision += (segment == 0 && step == 15) ? 4 : step == 15 ? 4 << segment : 2 << segment;
            }
        }
        assertThat(code).isEqualTo(127);
    }

    @Test
    void alawDecisionValuesAreThoseOfTable1a() {
        int code = 0;
        int decision = 2;
        for (int segment = 0; segment < 8; segment++) {
            for (int step = 0; step < 16 && code < 127; step++, code++) {
                int sample = decision * 8;
                assertThat((G711.linearToAlaw((short) (sample - 1)) ^ 0xD5) & 0xFF)
                        .isEqualTo(code);
                assertThat((G711.linearToAlaw((short) sample) ^ 0xD5) & 0xFF).isEqualTo(code + 1);
                decision += alawStep(code + 1);
            }
        }
        assertThat(decision).isEqualTo(4096);
    }

    private static int alawStep(int code) {
        int segment = code >> 4;
        return segment == 0 ? 2 : 2 << (segment - 1);
    }

    @Test
    void everyCodeSurvivesTheWayThere() {
        for (int code = 0; code < 256; code++) {
            short mulaw = G711.mulawToLinear((byte) code);
            int back = G711.linearToMulaw(mulaw) & 0xFF;
            // 0x7F is the negative zero, which linear samples don't have
            assertThat(back).isEqualTo(code == 0x7F ? 0xFF : code);
            assertThat(G711.linearToAlaw(G711.alawToLinear((byte) code)) & 0xFF).isEqualTo(code);
        }
    }

    @Test
    void everyCodeSoundsAsSoxPlaysIt() throws Exception {
        ByteBuffer mulaw = ByteBuffer.wrap(vector("sox-from-mulaw.gz")).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer alaw = ByteBuffer.wrap(vector("sox-from-alaw.gz")).order(ByteOrder.LITTLE_ENDIAN);
        for (int code = 0; code < 256; code++) {
            assertThat(G711.mulawToLinear((byte) code)).isEqualTo(mulaw.getShort());
            assertThat(G711.alawToLinear((byte) code)).isEqualTo(alaw.getShort());
        }
    }

    @Test
    void everySampleBecomesWhatSoxMakesOfItSaveForItsRoundingAtDecisionValues() throws Exception {
        // sox rounds to 14 and 13 bits first, which moves a decision value by half a unit of that
        assertSameWithin(vector("sox-mulaw.gz"), true, 2);
        assertSameWithin(vector("sox-alaw.gz"), false, 4);
    }

    private static void assertSameWithin(byte[] vector, boolean mulaw, int rounding) {
        assertThat(vector).hasSize(65_536);
        int different = 0;
        for (int i = rounding; i < 65_536 - rounding; i++) {
            short sample = (short) (i - 32_768);
            byte ours = mulaw ? G711.linearToMulaw(sample) : G711.linearToAlaw(sample);
            if (ours != vector[i] && !(mulaw && bothZero(ours, vector[i]))) {
                int at = i;
                different++;
                assertThat(ours)
                        .as("sample %d", sample)
                        .matches(code -> code == vector[at - rounding]
                                || code == vector[at + rounding]
                                || (mulaw && bothZero(code, vector[at + rounding])));
            }
        }
        assertThat(different).isLessThanOrEqualTo(255 * rounding);
    }

    /** Mu-law has two zeros; neither is wrong. */
    private static boolean bothZero(byte one, byte other) {
        return (one & 0x7F) == 0x7F && (other & 0x7F) == 0x7F;
    }

    private static byte[] vector(String resource) throws Exception {
        try (InputStream in = G711Test.class.getResourceAsStream(resource)) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    @Test
    void aByteThatPassesToTheOtherLawAndBackMovesByNoMoreThanOneStep() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        byte[] there = new byte[256];
        byte[] back = new byte[256];
        G711.mulawToAlaw(all, 0, 256, there, 0);
        G711.alawToMulaw(there, 0, 256, back, 0);
        for (int i = 0; i < 256; i++) {
            assertThat(Math.abs((back[i] & 0x7F) - (all[i] & 0x7F))).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void codecsAreFoundByPayloadTypeAndByNameWithoutCase() {
        assertThat(Codecs.byPayloadType(0)).contains(Codecs.PCMU);
        assertThat(Codecs.byPayloadType(8)).contains(Codecs.PCMA);
        assertThat(Codecs.byPayloadType(18)).isEmpty();
        assertThat(Codecs.byName("pcma", 8_000)).contains(Codecs.PCMA);
        assertThat(Codecs.byName("PCMU", 16_000)).isEmpty();
        assertThat(Codecs.PCMU.create(101).payloadType()).isEqualTo(101);
    }

    @Test
    void aRangeBeyondTheArrayIsRefusedBeforeAnythingIsWritten() {
        Codec codec = Codecs.PCMU.create();
        short[] out = new short[10];
        assertThatThrownBy(() -> codec.decode(new byte[20], 0, 20, out, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(out).containsOnly(0);
        assertThatThrownBy(() -> codec.encode(new short[20], 15, 10, new byte[20], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
