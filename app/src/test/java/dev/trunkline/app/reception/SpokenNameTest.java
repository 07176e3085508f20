package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            My name is Anna Miller.                          | Anna Miller
            Anna Miller                                      | Anna Miller
            Yes, it's Anna Miller, please.                   | Anna Miller
            This is Peter Schmidt speaking                   | Peter Schmidt
            I'm Tom                                          | Tom
            Sure, my name's Mary Ann O'Neill                 | Mary Ann O'neill
            um, Brown                                        | Brown
            Mr. Brown                                        | Brown
            Smith, S. M. Y. T. H.                            | Smyth
            John Smith, that's s m i t h                     | John Smith
            You can call me Bob                              | Bob
            My name is Anna and my number is 555 1234        | Anna
            Peter Jones here                                 | Peter Jones
            I am Jane Roe calling from Leeds                 | Jane Roe
            """)
    void aNameIsFoundInTheAnswer(String answer, String name) {
        assertThat(SpokenName.of(answer)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "um", "yes", "well okay", "555 1234", "the quick brown fox jumps over the lazy dog"})
    void whatHoldsNoNameGivesNone(String answer) {
        assertThat(SpokenName.of(answer)).isEmpty();
    }
}
