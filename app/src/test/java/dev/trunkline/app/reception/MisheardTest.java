package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a small recogniser wrote of questions on the telephone, and questions about other things that hold the same words. */
class MisheardTest {

    private final Understanding understanding = new Understanding(Facts.shipped());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Would you be open this firstly at five?                       | HOURS
            When do you open to my rope?                                  | HOURS
            Is the office tapped on Sunday?                               | HOURS
            Please give me her actions.                                   | ADDRESS
            Do you have a cart-talk?                                      | ADDRESS
            Where is Muir office?                                         | ADDRESS
            What does the helm visit cost?                                | PRICES
            Could you tell me the price of the fellow at the point meant? | PRICES
            What is the seat for a home visit?                            | PRICES
            How much is it for a fellow-up?                               | PRICES
            """)
    void wrongWordsBesideDecisiveOnesAreForgiven(String heard, Intent meant) {
        assertThat(understanding.understand(heard, null).best()).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How much does a ticket to the cinema cost?",
                "What are the opening hours of the Louvre?",
                "When does the supermarket open on Sunday?",
                "When does the bank close?",
                "How much is a pint of milk?",
                "What is the cost of a stamp?",
                "What is the address of the White House?",
                "How do I open a PDF file?",
                "How expensive is a house in London?",
                "Is the swimming pool closed today?",
                "What's the cap, it's all a friend.",
                "What is your own breath?"
            })
    void anotherSubjectIsNotOurs(String asked) {
        assertThat(understanding.understand(asked, null).best()).isEmpty();
    }

    @Test
    void aQuestionWhereToGoIsNoFarewell() {
        assertThat(understanding.understand("Where do I need to go?", null).best())
                .contains(Intent.ADDRESS);
        assertThat(understanding.understand("Which car should I buy?", null).best())
                .isEmpty();
        assertThat(understanding.understand("I need to go.", null).best()).contains(Intent.GOODBYE);
        assertThat(understanding.understand("Who cares, goodbye.", null).best()).contains(Intent.GOODBYE);
    }

    @Test
    void soundsThatATelephoneMakesAlikeAreNear() {
        double limit = 3;
        String directions = SoundKey.of(List.of("directions"));
        assertThat(SoundKey.distance(SoundKey.of(List.of("her", "actions")), directions, limit))
                .isLessThanOrEqualTo(1);
        assertThat(SoundKey.distance(SoundKey.of(List.of("her", "apples")), directions, limit))
                .isGreaterThan(2);
    }
}
