package dev.trunkline.caller.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.codec.G711;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static short[] throughMulaw(short[] pcm) {
        short[] out = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            out[i] = G711.mulawToLinear(G711.linearToMulaw(pcm[i]));
        }
        return out;
    }

    private static short[] join(short[]... parts) {
        int length = Arrays.stream(parts).mapToInt(p -> p.length).sum();
        short[] all = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Test
    void everySignatureKnowsItselfAfterTheTelephoneAndNoOther() {
        for (int number = 0; number < Signature.COUNT; number++) {
            Signature signature = Signature.of(number);
            SignatureReading reading =
                    signature.read(throughMulaw(signature.sound(14).toPcm()));

            assertThat(reading.share()).as("signature %d", number).isGreaterThan(0.85);
            assertThat(reading.foreign()).isZero();
            assertThat(reading.steps()).isEqualTo(14);
            assertThat(reading.skipped()).isZero();
            assertThat(reading.repeated()).isZero();
        }
    }

    @Test
    void crossedSoundNamesItsOwner() {
        SignatureReading reading =
                Signature.of(7).read(Signature.of(100).sound(5).toPcm());

        assertThat(reading.crossed()).isTrue();
        assertThat(reading.own()).isZero();
        assertThat(reading.foreigners()).containsExactly(100);
    }

    @Test
    void aPieceThatIsMissingIsFound() {
        short[] whole = Signature.of(3).sound(20).toPcm();
        short[] gap = join(
                Arrays.copyOf(whole, 5 * Signature.STEP), Arrays.copyOfRange(whole, 8 * Signature.STEP, whole.length));

        SignatureReading reading = Signature.of(3).read(gap);

        assertThat(reading.skipped()).isEqualTo(3);
        assertThat(reading.repeated()).isZero();
    }

    @Test
    void aPieceThatComesTwiceIsFound() {
        short[] whole = Signature.of(3).sound(20).toPcm();
        short[] twice = join(
                Arrays.copyOf(whole, 8 * Signature.STEP), Arrays.copyOfRange(whole, 5 * Signature.STEP, whole.length));

        assertThat(Signature.of(3).read(twice).repeated()).isEqualTo(1);
    }

    @Test
    void silenceHasNoSignature() {
        SignatureReading reading = Signature.of(3).read(new short[8000]);

        assertThat(reading.own() + reading.foreign() + reading.unclear()).isZero();
        assertThat(reading.share()).isZero();
    }
}
