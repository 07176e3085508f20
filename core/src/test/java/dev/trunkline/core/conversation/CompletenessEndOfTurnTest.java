package dev.trunkline.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.agent.Agent.TurnTaking;
import dev.trunkline.core.scenario.Expectation;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessEndOfTurnTest {

    private final CompletenessEndOfTurn strategy = new CompletenessEndOfTurn();

    private Duration after(String text, Expectation expectation) {
        return strategy.silenceAfter(text, expectation, TurnTaking.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"What are your opening hours?", "Yes please.", "Stop.", "Thank you.", "Goodbye."})
    void aCompleteSentenceIsTakenSoon(String text) {
        assertThat(after(text, Expectation.ANYTHING)).isEqualTo(TurnTaking.DEFAULT.endOfTurnAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"I would like to", "My number is", "I want a table and", "Um", "Can you tell me"})
    void anUnfinishedOneIsWaitedFor(String text) {
        assertThat(after(text, Expectation.ANYTHING)).isEqualTo(TurnTaking.DEFAULT.patience());
    }

    @ParameterizedTest
    @CsvSource({"five five five, true", "555 0199, true", "zero one two three four five six seven eight nine, false"})
    void aNumberIsWaitedForUntilItHasItsDigits(String text, boolean patient) {
        Duration expected = patient ? TurnTaking.DEFAULT.patience() : TurnTaking.DEFAULT.endOfTurnAfter();
        assertThat(after(text, Expectation.digits(10))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "No.", "Yeah", "No, thank you."})
    void yesAndNoAreTakenSoon(String text) {
        assertThat(after(text, Expectation.YES_NO)).isEqualTo(TurnTaking.DEFAULT.endOfTurnAfter());
    }
}
