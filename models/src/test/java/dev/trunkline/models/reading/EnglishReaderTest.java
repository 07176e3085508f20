package dev.trunkline.models.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Call 555-123-4567.                        | Call five five five, one two three, four five six seven.
            Call 5551234567 now                       | Call five five five, one two three, four five six seven now
            +1 (415) 555-0132                         | plus one, four one five, five five five, zero one three two
            +49 30 901820                             | plus four nine, three zero, nine zero one eight two zero
            It costs $25.50.                          | It costs twenty five dollars and fifty cents.
            It costs $1,250                           | It costs one thousand two hundred fifty dollars
            only $0.99!                               | only ninety nine cents!
            €1 or 12 EUR or £3.01                     | one euro or twelve euros or three pounds and one penny
            $2.5 million                              | two point five million dollars
            from 9:30 am to 5 p.m.                    | from nine thirty ay em to five pee em.
            5 p.m. on Monday, or 6 PM. Right?         | five pee em on Monday, or six pee em. Right?
            at 9:00, not 14:05                        | at nine o'clock, not fourteen oh five
            open 9-17 Mon.-Fri.                       | open nine to seventeen Monday to Friday
            on 2026-11-21                             | on November twenty first twenty twenty six
            on 11/21/2026                             | on November twenty first twenty twenty six
            on Nov. 3, 2005 or May 12th               | on November third two thousand five or May twelfth
            since 1984                                | since nineteen eighty four
            the 3rd, the 22nd, the 100th              | the third, the twenty second, the one hundredth
            20% of 3.5 km                             | twenty percent of three point five kilometers
            order 48213, room 007                     | order four eight two one three, room zero zero seven
            1,234,567 people and 42                   | one million two hundred thirty four thousand five hundred sixty seven people and forty two
            No. 7 or #12                              | number seven or number twelve
            -5° outside                               | minus five degrees outside
            1/2 a cup, 24/7                           | one half a cup, twenty four seven
            john.smith2@example.com                   | john dot smith two at example dot com
            see www.trunkline.dev/help                | see double you double you double you dot trunkline dot dev slash help
            https://example.org                       | example dot org
            Dr. Smith, 12 Main St., Springfield       | Doctor Smith, twelve Main Street, Springfield
            St. Mary's on 5th Ave.                    | Saint Mary's on fifth Avenue
            Mr. and Mrs. Jones, e.g. tomorrow         | Mister and Missus Jones, for example tomorrow
            the FAQ of the USA, OK?                   | the eff ay cue of the you ess ay, OK?
            code A7B                                  | code ay seven bee
            salt & pepper, tea/coffee                 | salt and pepper, tea or coffee
            **Good** _news_ – well-known 😀           | Good news, well known
            I don’t know…                             | I don't know.
            v1.2.3                                    | v one point two point three
            """)
    void writtenWordsAreReadAsAPersonWouldSayThem(String written, String spoken) {
        assertThat(EnglishReader.read(written).text()).isEqualTo(spoken);
    }

    @Test
    void eachWordKnowsWhatItWasWrittenAs() {
        String written = "Dr. Lee costs $20, call 555-0132.";
        SpokenForm form = EnglishReader.read(written);

        assertThat(writtenFor(form, written, "Doctor")).isEqualTo("Dr.");
        assertThat(writtenFor(form, written, "twenty")).isEqualTo("$20");
        assertThat(writtenFor(form, written, "dollars")).isEqualTo("$20");
        assertThat(writtenFor(form, written, "zero")).isEqualTo("0");
        assertThat(writtenFor(form, written, "three")).isEqualTo("3");
    }

    @Test
    void whatIsWrittenForNeverGoesBack() {
        String written =
                "Hi! Mr. Li's 3rd order (#48213) is $9.99 – pay by 5pm, at www.example.com or +1 415 555 0132.";
        SpokenForm form = EnglishReader.read(written);

        for (int i = 1; i < form.text().length(); i++) {
            assertThat(form.writtenStart(i)).isGreaterThanOrEqualTo(form.writtenStart(i - 1));
            assertThat(form.writtenEnd(i)).isBetween(form.writtenStart(i), written.length());
        }
    }

    @Test
    void aTextWithoutWordsIsSilent() {
        assertThat(EnglishReader.read(" *** 😀 \n").text()).isEmpty();
    }

    private static String writtenFor(SpokenForm form, String written, String word) {
        int at = form.text().indexOf(word);
        return written.substring(form.writtenStart(at), form.writtenEnd(at));
    }
}
