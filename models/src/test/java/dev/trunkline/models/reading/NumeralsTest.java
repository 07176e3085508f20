package dev.trunkline.models.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {

    @ParameterizedTest
    @CsvSource({
        "0, zero",
        "13, thirteen",
        "20, twenty",
        "101, one hundred one",
        "1000, one thousand",
        "1000001, one million one",
        "999999999999999, nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred ninety nine"
                + " million nine hundred ninety nine thousand nine hundred ninety nine"
    })
    void cardinals(long number, String words) {
        assertThat(Numerals.cardinal(number)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, first", "12, twelfth", "20, twentieth", "45, forty fifth", "108, one hundred eighth"})
    void ordinals(long number, String words) {
        assertThat(Numerals.ordinal(number)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "1900, nineteen hundred",
        "1905, nineteen oh five",
        "2000, two thousand",
        "2009, two thousand nine",
        "2026, twenty twenty six"
    })
    void years(int year, String words) {
        assertThat(Numerals.year(year)).isEqualTo(words);
    }
}
