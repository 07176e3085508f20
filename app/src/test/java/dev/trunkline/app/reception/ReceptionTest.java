package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionTest {

    private static Conversation atTheNumber() {
        return Conversation.start().says("I'd like to leave a message").says("Anna Miller");
    }

    private static Conversation atTheText() {
        return atTheNumber()
                .says("oh two oh seven nine four six oh nine five eight")
                .says("yes");
    }

    @Test
    void itGreetsAndSaysThatItIsAMachine() {
        assertThat(Conversation.start().heard())
                .contains("Hello")
                .contains("automatic")
                .endsWith("?");
    }

    @Test
    void aMessageIsTakenWithNameNumberReadBackAndText() {
        Conversation call = Conversation.start().says("Can I leave a message?");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.NAME);
        call.says("It's Anna Miller.");
        assertThat(call.heard()).contains("Anna Miller").contains("number");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.DIGITS);
        call.says("Oh two oh seven, nine four six, oh nine five eight.");
        assertThat(call.heard()).contains("zero two zero, seven nine four six, zero nine five eight");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.YES_NO);
        call.says("Yes, that's right.");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.MESSAGE);
        call.says("Please call me back about the invoice.");
        assertThat(call.action(Action.LeaveMessage.class))
                .isEqualTo(new Action.LeaveMessage(
                        "Anna Miller", "02079460958", "Please call me back about the invoice."));
        assertThat(call.says("No, thank you.").has(Action.HangUp.class)).isTrue();
    }

    @Test
    void theNumberCanBeTyped() {
        Conversation call = atTheNumber().presses("02079460958");
        assertThat(call.heard()).contains("zero two zero");
        call.presses("1");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.MESSAGE);
    }

    @Test
    void aWrongNumberIsAskedAgain() {
        Conversation call =
                atTheNumber().says("five five five one two three four").says("no, that's wrong");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.DIGITS);
        assertThat(call.says("five five five one two three five").heard()).contains("one two three five");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no, it's five five five nine nine nine nine | five five five, nine nine nine nine
            no, it ends in five six                     | five five five, one two five six
            the last digit is nine                      | five five five, one two three nine
            no, the first three are six six six         | six six six, one two three four
            """)
    void aWrongDigitIsCorrectedInTheAnswer(String correction, String readBack) {
        assertThat(atTheNumber()
                        .says("five five five one two three four")
                        .says(correction)
                        .heard())
                .contains(readBack);
    }

    @Test
    void aNumberInTwoBreathsIsPutTogether() {
        Conversation call = atTheNumber().says("oh two oh seven");
        assertThat(call.heard()).contains("zero two zero seven").contains("the rest");
        assertThat(call.says("nine four six oh nine five eight").heard())
                .contains("zero two zero, seven nine four six, zero nine five eight");
    }

    @Test
    void aShortNumberIsTakenIfThatIsAll() {
        assertThat(atTheNumber().says("four two one").says("that's all").heard())
                .contains("I have four two one.");
    }

    @Test
    void theNumberTheyCallFromIsKnown() {
        assertThat(atTheNumber().says("the number I'm calling from").heard()).contains("plus four four one");
    }

    @Test
    void theSubjectCanBeChangedInTheMiddleAndTheMessageGoesOn() {
        Conversation call = atTheNumber().says("Actually, what are your opening hours?");
        assertThat(call.heard()).contains("nine to six").contains("what number");
        assertThat(call.expects()).isEqualTo(Expectation.Kind.DIGITS);
        call.says("five five five one two three four");
        assertThat(call.says("sorry, where are you?").heard())
                .contains("Harbour Street")
                .contains("Is that right?");
        call.says("yes");
        assertThat(call.says("wait, how much is a home visit?").heard())
                .contains("ninety pounds")
                .contains("your message");
        assertThat(call.says("I need a plumber at home").has(Action.LeaveMessage.class))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please tell the boss that your opening hours on the website are wrong.",
                "I'd like to speak to somebody about my invoice on Monday.",
                "The price that you told me was sixty pounds but I paid ninety.",
                "I am at the wrong address and will be late.",
                "Say goodbye to Mary from me, and thank you for everything she did.",
                "Call me back."
            })
    void aDictatedMessageMaySpeakOfAnything(String text) {
        assertThat(atTheText().says(text).action(Action.LeaveMessage.class).text())
                .isEqualTo(text);
    }

    @Test
    void aMessageCanBeGivenUp() {
        Conversation call = atTheNumber().says("never mind, forget the message");
        assertThat(call.heard()).contains("no message");
        assertThat(call.says("I'd like to leave a message").heard()).contains("name");
    }

    @Test
    void whoSaysTheirNameAtOnceIsNotAskedAgain() {
        assertThat(Conversation.start()
                        .says("My name is Tom Brown, I'd like to leave a message")
                        .heard())
                .contains("number");
        assertThat(Conversation.start()
                        .says("Hello, this is Tom Brown")
                        .says("can I leave a message")
                        .heard())
                .contains("number");
    }

    @Test
    void aMessageThatIsSaidAtOnceIsNotAskedAgain() {
        Conversation call = Conversation.start()
                .says("Please tell Mr Jones that I will be ten minutes late")
                .says("Tom Brown")
                .says("five five five one two three four")
                .says("yes");
        assertThat(call.action(Action.LeaveMessage.class).text()).contains("ten minutes late");
    }

    @Test
    void whoGivesNoNumberIsNotPressed() {
        Conversation call = atTheNumber().says("I'd rather not say");
        assertThat(call.heard()).contains("fine").contains("message");
        assertThat(call.says("I'll come tomorrow")
                        .action(Action.LeaveMessage.class)
                        .number())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Can you recommend a dentist?",
                "What's the capital of France?",
                "How do I reset my router?",
                "Is Dr Smith married?",
                "Do you ship to Norway?",
                "Can I book an appointment for Tuesday?"
            })
    void whatItDoesNotKnowItSaysAndOffersAPerson(String question) {
        Conversation call = Conversation.start().says(question);
        assertThat(call.heard()).contains("I can't answer that").contains("person?");
        assertThat(call.says("yes please").has(Action.Connect.class)).isTrue();
        assertThat(Conversation.start().says(question).says("no").has(Action.Connect.class))
                .isFalse();
    }

    @Test
    void aNewQuestionPassesOverAnOffer() {
        assertThat(Conversation.start()
                        .says("Can you recommend a dentist?")
                        .says("no, but are you open on Saturday?")
                        .heard())
                .contains("ten to two");
        assertThat(Conversation.start()
                        .says("Can you recommend a dentist?")
                        .says("no, just take a message")
                        .heard())
                .contains("your name");
    }

    @Test
    void aPersonIsConnectedOnRequest() {
        Conversation call = Conversation.start().says("Can I talk to a real person?");
        assertThat(call.action(Action.Connect.class).target()).isEmpty();
        assertThat(Conversation.start().says("I don't want to talk to a robot").has(Action.Connect.class))
                .isTrue();
        assertThat(Conversation.start().presses("0").has(Action.Connect.class)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Outcome.Reason.class)
    void ifNobodyIsReachedItApologisesAndTakesAMessage(Outcome.Reason reason) {
        Conversation call =
                Conversation.start().says("connect me to a person").outcome(new Outcome.NotConnected(reason));
        assertThat(call.heard()).contains("sorry").contains("message");
        assertThat(call.says("yes").expects()).isEqualTo(Expectation.Kind.NAME);
    }

    @Test
    void whereThereIsNobodyItSaysSoInsteadOfTrying() {
        Conversation call = Conversation.withoutPerson().says("can I talk to a person");
        assertThat(call.has(Action.Connect.class)).isFalse();
        assertThat(call.heard()).contains("nobody").contains("message");
        assertThat(Conversation.withoutPerson()
                        .says("what's the capital of France")
                        .heard())
                .contains("take a message");
    }

    @Test
    void whoDeclinesAMessageGetsNone() {
        assertThat(Conversation.start().says("I don't want to leave a message").expects())
                .isEqualTo(Expectation.Kind.ANYTHING);
        assertThat(Conversation.start()
                        .says("I don't want to leave a message, I want to talk to somebody")
                        .has(Action.Connect.class))
                .isTrue();
        assertThat(Conversation.start().says("Can't I leave a message?").expects())
                .isEqualTo(Expectation.Kind.NAME);
    }

    @Test
    void theLastWordsAreRepeatedOnRequest() {
        Conversation call = Conversation.start().says("where are you");
        String first = call.heard();
        assertThat(call.says("Sorry, could you say that again?").heard()).isEqualTo(first);
        assertThat(call.presses("*").heard()).isEqualTo(first);
        assertThat(atTheNumber().says("pardon?").expects()).isEqualTo(Expectation.Kind.DIGITS);
        assertThat(Conversation.start().says("Sorry?").heard()).contains("Hello");
    }

    @Test
    void itNeverPretendsToBeHuman() {
        for (String question : new String[] {
            "Are you a robot?",
            "am I talking to a machine",
            "are you a real person",
            "is this a recording",
            "Are you human?",
            "you sound like a computer"
        }) {
            assertThat(Conversation.start().says(question).heard()).as(question).contains("computer, not a person");
        }
    }

    @Test
    void smallTalkIsAnswered() {
        assertThat(Conversation.start().says("How are you today?").heard()).startsWith("I'm fine");
        assertThat(Conversation.start().says("thank you").heard()).startsWith("You're welcome");
        assertThat(Conversation.start().says("who are you").heard()).contains("Riverside Practice");
        assertThat(Conversation.start().says("what can you do").heard()).contains("opening hours");
        assertThat(Conversation.start().says("can you hear me").heard()).startsWith("Yes, I can hear you");
        assertThat(Conversation.start().says("hold on a second").heard()).isEqualTo("Take your time.");
    }

    @Test
    void afterGoodbyeItHangsUp() {
        Conversation call = Conversation.start().says("Okay, thanks, bye");
        assertThat(call.heard()).contains("Goodbye");
        assertThat(call.actions().getLast()).isInstanceOf(Action.HangUp.class);
        assertThat(Conversation.start()
                        .says("where are you")
                        .says("no, that's all")
                        .has(Action.HangUp.class))
                .isTrue();
    }

    @Test
    void aHalfUnderstoodQuestionIsAskedBack() {
        Conversation call = Conversation.start().says("Saturday maybe the");
        assertThat(call.heard()).contains("opening hours?");
        assertThat(call.says("yes").heard()).contains("nine to six");
    }

    @Test
    void whoKeepsSilentIsAskedAgainWhatWasAsked() {
        assertThat(atTheNumber().keepsSilent(1).heard()).contains("still there").contains("number");
        assertThat(atTheNumber().keepsSilent(1).expects()).isEqualTo(Expectation.Kind.DIGITS);
        assertThat(atTheNumber().keepsSilent(2).heard()).contains("can't hear you");
    }

    @Test
    void mumblingIsAskedAgainNotAnswered() {
        assertThat(Conversation.start().says("um").heard()).contains("didn't catch");
        assertThat(Conversation.start().says("...").actions()).isEmpty();
    }
}
