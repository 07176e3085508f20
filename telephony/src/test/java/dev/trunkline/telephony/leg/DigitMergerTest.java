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

    @Test
    void aKeySentInAllThreeWaysCountsOnceInEveryOrder() {
        Way[][] orders = {
            {Way.MEDIA, Way.SIGNALLING, Way.TONE},
            {Way.MEDIA, Way.TONE, Way.SIGNALLING},
            {Way.SIGNALLING, Way.MEDIA, Way.TONE},
            {Way.SIGNALLING, Way.TONE, Way.MEDIA},
            {Way.TONE, Way.MEDIA, Way.SIGNALLING},
            {Way.TONE, Way.SIGNALLING, Way.MEDIA}
        };
        long now = 0;
        for (Way[] order : orders) {
            assertThat(isNew('4', order[0], now)).isTrue();
            assertThat(isNew('4', order[1], now + 60)).isFalse();
            assertThat(isNew('4', order[2], now + 200)).isFalse();
            now += 5_000;
        }
    }

    @Test
    void aKeyPressedThriceInAllThreeWaysCountsThrice() {
        int counted = 0;
        for (int press = 0; press < 3; press++) {
            for (Way way : Way.values()) {
                counted += isNew('8', way, press * 200L + way.ordinal() * 30L) ? 1 : 0;
            }
        }
        assertThat(counted).isEqualTo(3);
    }

    @Test
    void theToneThatLeaksBeforeALongEventIsTheSamePress() {
        assertThat(merger.isNew('2', Way.TONE, 100_000_000, Duration.ofMillis(60)))
                .isTrue();
        assertThat(merger.isNew('2', Way.MEDIA, 4_000_000_000L, Duration.ofMillis(3_900)))
                .isFalse();
    }

    @Test
    void anInfoAtTheBeginningOfALongPressIsTheSamePress() {
        assertThat(isNew('2', Way.SIGNALLING, 100)).isTrue();
        assertThat(merger.isNew('2', Way.MEDIA, 4_000_000_000L, Duration.ofMillis(3_900)))
                .isFalse();
    }
}
