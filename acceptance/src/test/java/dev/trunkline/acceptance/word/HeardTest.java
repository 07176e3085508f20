package dev.trunkline.acceptance.word;

import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeardTest {

    @Test
    void numeralsContractionsAndPunctuationDoNotMatter() {
        assertThat(Words.of("We're open Monday, 9:00 to 6 p.m. - that's all."))
                .containsExactly("we", "are", "open", "monday", "nine", "two", "six", "pm", "that", "is", "all");
        assertThat(Words.of("Call 0791, or 42!"))
                .containsExactly("call", "zero", "seven", "nine", "one", "or", "forty", "two");
    }

    @Test
    void wordsInOrderMayHaveOthersBetween() {
        assertThatHeard("Monday to Thursday, 9 to 6.").containsInOrder("monday thursday nine|ten six");
        assertThatThrownBy(() -> assertThatHeard("six to nine").containsInOrder("nine six"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<six> was missing");
    }

    @Test
    void wordsThatSoundAlikeAreTheSame() {
        assertThatHeard("five, three, eight to four").containsInOrder("eight two four");
        assertThat(WordErrors.between("oh two", "zero too").errors()).isZero();
    }

    @Test
    void unwantedWordsAreFound() {
        assertThatThrownBy(() -> assertThatHeard("By bus.").containsNone("train", "bus"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<bus>");
    }

    @Test
    void wordErrorsAreSubstitutionsInsertionsAndDeletions() {
        assertThat(WordErrors.between("one six three four", "one seven three").errors())
                .isEqualTo(2);
        assertThat(WordErrors.between("press 5", "Press five.").percent()).isZero();
        assertThat(WordErrors.between("a b", "a b")
                        .plus(WordErrors.between("c d", "c"))
                        .percent())
                .isEqualTo(25);
    }
}
