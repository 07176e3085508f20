package dev.trunkline.telephony.leg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.telephony.leg.DigitMerger.Way;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DigitMergerTest {

    private final DigitMerger merger = new DigitMerger(Duration.ofMillis(1_500));

    private boolean isNew(char digit, Way way, long millis) {
        return merger.isNew(digit, way, millis * 1_000_000);
    }

    @Test
    void aKeySentInBothWaysCountsOnceWhicheverComesFirst() {
        assertThat(isNew('5', Way.MEDIA, 0)).isTrue();
        assertThat(isNew('5', Way.SIGNALLING, 200)).isFalse();
        assertThat(isNew('6', Way.SIGNALLING, 3_000)).isTrue();
        assertThat(isNew('6', Way.MEDIA, 3_050)).isFalse();
    }

    @Test
    void aKeyPressedTwiceAndSentInBothWaysCountsTwice() {
        assertThat(isNew('1', Way.MEDIA, 0)).isTrue();
        assertThat(isNew('1', Way.MEDIA, 150)).isTrue();
        assertThat(isNew('1', Way.SIGNALLING, 180)).isFalse();
        assertThat(isNew('1', Way.SIGNALLING, 200)).isFalse();
        assertThat(isNew('1', Way.SIGNALLING, 400)).isTrue();
    }

    @Test
    void aKeyThatComesTheOtherWayMuchLaterIsAnotherPress() {
        assertThat(isNew('9', Way.MEDIA, 0)).isTrue();
        assertThat(isNew('9', Way.SIGNALLING, 1_600)).isTrue();
    }

    @Test
    void aPeerThatUsesOneWayOnlyLosesNothing() {
        for (int i = 0; i < 200; i++) {
            assertThat(isNew('0', Way.MEDIA, i * 100L)).isTrue();
        }
    }
}
