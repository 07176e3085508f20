package dev.trunkline.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.media.tone.ToneDetector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DtmfSenderTest {

    private static short[] sent(DtmfSender sender) {
        short[] all = new short[160 * 400];
        int at = 0;
        while (sender.active()) {
            sender.fill(all, at, 160);
            at += 160;
        }
        return Arrays.copyOf(all, at);
    }

    @Test
    void whatIsSentIsHeard() {
        DtmfSender sender = new DtmfSender(8_000);
        assertThat(sender.active()).isFalse();
        assertThat(sender.send("0123456789")).isTrue();
        assertThat(sender.send("*#abcd")).isTrue();

        short[] tones = sent(sender);

        assertThat(KeyedLine.heard(tones)).isEqualTo("0123456789*#ABCD");
        assertThat(tones.length).isEqualTo(16 * 160 * 8);
        assertThat(KeyedLine.heard(KeyedLine.throughMulaw(tones))).isEqualTo("0123456789*#ABCD");
    }

    @Test
    void theLevelsAreThoseOfATelephone() {
        DtmfSender sender = new DtmfSender(8_000, 1_000, 60);
        sender.send("1");
        short[] tone = sent(sender);
        ToneDetector levels = new ToneDetector(8_000, 697, 1_209);
        assertThat(level(levels.amplitude(0, tone, 800, 6_400))).isCloseTo(-9, within(0.1));
        assertThat(level(levels.amplitude(1, tone, 800, 6_400))).isCloseTo(-7, within(0.1));
    }

    private static double level(double peak) {
        return 20 * Math.log10(peak / 32_767) + 3.17;
    }

    @Test
    void edgesAreSoft() {
        DtmfSender sender = new DtmfSender(8_000);
        sender.send("5");
        short[] tone = sent(sender);
        for (int i = 0; i < 6; i++) {
            assertThat(Math.abs(tone[i])).isLessThan(1_500);
            assertThat(Math.abs(tone[799 - i])).isLessThan(1_500);
        }
        for (int i = 800; i < tone.length; i++) {
            assertThat(tone[i]).isZero();
        }
    }

    @Test
    void theSameAtEveryRate() {
        DtmfSender sender = new DtmfSender(16_000);
        sender.send("19");
        short[] wide = new short[16_000];
        sender.fill(wide, 0, wide.length);
        short[] narrow = new short[8_000];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = wide[2 * i];
        }
        assertThat(KeyedLine.heard(narrow)).isEqualTo("19");
    }

    @Test
    void whatIsNoKeyIsRefusedAndNothingOfItSent() {
        DtmfSender sender = new DtmfSender(8_000);
        assertThatThrownBy(() -> sender.send("12!")).isInstanceOf(IllegalArgumentException.class);
        assertThat(sender.active()).isFalse();
        assertThat(sender.send("1".repeat(65))).isFalse();
        assertThat(sender.active()).isFalse();
    }

    @Test
    void cancelledKeysAreNotSentButTheOneThatSoundsEnds() {
        DtmfSender sender = new DtmfSender(8_000);
        sender.send("123");
        short[] out = new short[160];
        sender.fill(out, 0, 160);
        sender.cancel();
        int frames = 1;
        while (sender.active()) {
            sender.fill(out, 0, 160);
            frames++;
        }
        assertThat(frames).isEqualTo(8);
    }
}
