package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YesNoTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Yes.",
                "yeah",
                "Yep, that's right",
                "correct",
                "sure, go ahead",
                "okay",
                "Yes please",
                "please do",
                "exactly",
                "that's it",
                "uh huh",
                "of course",
                "why not",
                "I would",
                "it is",
                "Right."
            })
    void agreementIsYes(String answer) {
        assertThat(YesNo.of(answer)).isEqualTo(YesNo.YES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No.",
                "nope",
                "no thanks",
                "no, that's wrong",
                "that's not right",
                "it isn't correct",
                "not really",
                "Nah",
                "Know.",
                "rather not",
                "I don't think so",
                "incorrect",
                "not yet",
                "no thank you, that's fine"
            })
    void refusalIsNo(String answer) {
        assertThat(YesNo.of(answer)).isEqualTo(YesNo.NO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"what", "my cat is grey", "", "no, that's right", "hmm"})
    void anythingElseIsUnclear(String answer) {
        assertThat(YesNo.of(answer)).isEqualTo(YesNo.UNCLEAR);
    }
}
