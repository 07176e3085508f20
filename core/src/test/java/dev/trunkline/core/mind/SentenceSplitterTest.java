package dev.trunkline.core.mind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SentenceSplitterTest {

    private final List<String> sentences = new ArrayList<>();
    private final SentenceSplitter splitter = new SentenceSplitter(sentences::add);

    @Test
    void aSentenceIsGivenAsSoonAsTheNextOneBegins() {
        splitter.append("We are open. ");
        assertThat(sentences).containsExactly("We are open.");
        splitter.append("Come");
        splitter.finish();
        assertThat(sentences).containsExactly("We are open.", "Come");
    }

    @Test
    void aMarkAtTheVeryEndWaitsForWhatFollows() {
        splitter.append("It costs 3.");
        assertThat(sentences).isEmpty();
        splitter.append("50 euros. Fine?");
        splitter.finish();
        assertThat(sentences).containsExactly("It costs 3.50 euros.", "Fine?");
    }

    @Test
    void abbreviationsAndInitialsDoNotEndASentence() {
        splitter.append("Ask Dr. Smith or J. Doe, e.g. tomorrow. Bye.");
        splitter.finish();
        assertThat(sentences).containsExactly("Ask Dr. Smith or J. Doe, e.g. tomorrow.", "Bye.");
    }

    @Test
    void aLongStartIsCutAtAComma() {
        splitter.append("On weekdays we are open from nine in the morning, and on Saturdays from ten. Good?");
        splitter.finish();
        assertThat(sentences)
                .containsExactly(
                        "On weekdays we are open from nine in the morning,", "and on Saturdays from ten.", "Good?");
    }

    @Test
    void quotationMarksStayWithTheirSentence() {
        splitter.append("He said \"yes.\" Then he left. ");
        assertThat(sentences).containsExactly("He said \"yes.\"", "Then he left.");
    }

    @Test
    void linesAreSentencesAndDecorationIsNotSpoken() {
        splitter.append("One\n---\nTwo\n");
        assertThat(sentences).containsExactly("One", "Two");
    }

    @Test
    void howTheTextIsCutIntoPiecesChangesNothing() {
        String text =
                "Hello there! We open at 9.30 a.m. on weekdays, as always, for everybody. Prof. Hill asks: \"Why?\" I know. Bye";
        splitter.append(text);
        splitter.finish();
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<String> pieces = new ArrayList<>();
            SentenceSplitter other = new SentenceSplitter(pieces::add);
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(6));
                other.append(text.substring(at, next));
                at = next;
            }
            other.finish();
            assertThat(pieces).isEqualTo(sentences);
        }
    }
}
