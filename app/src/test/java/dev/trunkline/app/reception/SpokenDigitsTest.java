package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenDigitsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            oh two oh seven, nine four six, oh nine five eight       | 02079460958
            It's zero two zero seven nine four six zero nine five eight. | 02079460958
            double five, five, one two three four                    | 5551234
            triple seven four double oh                              | 777400
            treble nine                                              | 999
            double oh seven                                          | 007
            plus forty-four, twenty, seven nine four six             | +44207946
            Plus 44 20 7946 0958                                     | +442079460958
            +44 (20) 7946-0958                                       | +442079460958
            twenty one, thirty four, fifty six                       | 213456
            my number is 555-1234                                    | 5551234
            0 7 7 double 0 9 hundred 1 2 3                           | 07700900123
            eight hundred, five five five, nineteen eleven           | 8005551911
            oh eight hundred, two two three three                    | 08002233
            five thousand and one                                    | 50001
            two hundred and five                                     | 205
            nought nought four nine                                  | 0049
            two zeros, three fives                                   | 00555
            five, to, too, for, nine                                 | 52249
            won too three for five                                   | 12345
            six ate ate nine                                         | 6889
            seven A. D. four                                         | 784
            oh a d oh                                                | 0800
            oh to oh seven                                           | 0207
            tree free three for                                      | 3334
            sex seven heaven ate                                     | 6778
            o seven o five                                           | 0705
            five five five, and then one two three four              | 5551234
            five five five dash one two three four                   | 5551234
            The number for the evening is two three four five six seven | 234567
            you can call me at five five five one two three four     | 5551234
            oh two oh eight, no sorry, seven                         | 0207
            one two three four five six, no, sorry, it's six five four three two one | 654321
            Oh, sure.                                                | ''
            I want to go to the office                               | ''
            that's right for me                                      | ''
            no thanks                                                | ''
            twelve thirty four                                       | 1234
            ninety nine oh one                                       | 9901
            it is a 5 5 5 number, 5 5 5 1 2 1 2                      | 5555551212
            """)
    void aSpokenNumberIsReadAsDigits(String spoken, String digits) {
        assertThat(SpokenDigits.read(spoken)).isEqualTo(digits);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            02079460958   | zero two zero, seven nine four six, zero nine five eight
            +442079460958 | plus four four two, zero seven nine, four six zero, nine five eight
            5551234       | five five five, one two three four
            12            | one two
            123456        | one two three, four five six
            """)
    void aNumberIsReadBackDigitByDigitInGroups(String digits, String spoken) {
        assertThat(SpokenDigits.say(digits)).isEqualTo(spoken);
    }

    @ParameterizedTest
    @CsvSource({"1", "+4412", "02079460958", "999", "0044207946", "5551234", "+12125550123456"})
    void whatIsReadBackIsUnderstoodAsTheSameNumber(String digits) {
        assertThat(SpokenDigits.read(SpokenDigits.say(digits))).isEqualTo(digits);
    }
}
