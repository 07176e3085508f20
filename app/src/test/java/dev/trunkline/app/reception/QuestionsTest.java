package dev.trunkline.app.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            What are your opening hours?                | We're open Monday to Thursday from nine to six, Friday from nine to five, and Saturday from ten to two. We're closed on Sunday.
            Are you open on Saturday?                   | Yes, on Saturday we're open from ten to two.
            Are you open on Sunday?                     | We're closed on Sunday. We open again on Monday at nine.
            Are you open?                               | Yes, we're open right now, until six.
            Are you open now?                           | Yes, we're open right now, until six.
            Are you still open?                         | Yes, we're open right now, until six.
            Are you open tomorrow?                      | Yes, tomorrow we're open from nine to six.
            When do you close on Friday?                | On Friday we close at five in the afternoon.
            When do you close today?                    | Today we close at six in the evening.
            What time do you open on Friday?            | On Friday we're open from nine to five.
            Are you open at the weekend?                | Yes, on Saturday we're open from ten to two. We're closed on Sunday.
            Are you open on weekdays?                   | We're open Monday to Thursday from nine to six and Friday from nine to five.
            Can I come at seven in the evening tomorrow? | No, not at that time. Tomorrow we're open from nine to six.
            Are you open on Saturday at eleven?         | Yes. On Saturday we're open from ten to two.
            Are you open on the twenty fifth of December? | We're closed on Friday, December twenty fifth. We open again on Monday, December twenty eighth at nine.
            Are you open at Christmas?                  | We're closed on Friday, December twenty fifth.
            Are you open on bank holidays?              | I don't have our hours for that day.
            Where are you?                              | We're at twelve Harbour Street, in Brighton.
            How do I get to you?                        | From the station it is ten minutes on foot
            Can I park there?                           | You can park behind the building
            How much is a follow-up appointment?        | A follow-up appointment is forty five pounds.
            What does an initial consultation cost?     | A first appointment is sixty pounds.
            What are your prices?                       | A first appointment is sixty pounds. A follow-up appointment is forty five pounds. A home visit is ninety pounds.
            """)
    void aQuestionIsAnsweredFromTheFacts(String question, String answer) {
        assertThat(Conversation.start().says(question).heard())
                .startsWith(answer.startsWith("From") ? "We're at" : answer)
                .contains(answer);
    }

    @Test
    void atNightItIsClosedAndSaysWhenItOpensAgain() {
        assertThat(Conversation.at(LocalDateTime.of(2026, 11, 21, 20, 0))
                        .says("are you open now")
                        .heard())
                .startsWith("We're closed at the moment. We open again on Monday at nine.");
        assertThat(Conversation.at(LocalDateTime.of(2026, 11, 18, 7, 0))
                        .says("are you open")
                        .heard())
                .startsWith("We're closed at the moment. We open again today at nine.");
    }

    @Test
    void beforeAHolidayItIsSaidUnasked() {
        assertThat(Conversation.at(LocalDateTime.of(2026, 12, 21, 12, 0))
                        .says("what are your hours")
                        .heard())
                .contains("But on Friday we're closed.")
                .contains("But on Saturday we're closed.");
    }

    @Test
    void aFollowUpQuestionNeedsNoNewSubject() {
        Conversation call = Conversation.start().says("What are your opening hours on Friday?");
        assertThat(call.says("And on Sunday?").heard()).startsWith("We're closed on Sunday.");
        call.says("How much is a first appointment?");
        assertThat(call.says("And a home visit?").heard()).startsWith("A home visit is ninety pounds.");
    }

    @Test
    void twoQuestionsAtOnceAreBothAnswered() {
        assertThat(Conversation.start()
                        .says("What are your opening hours, and where are you?")
                        .heard())
                .contains("nine to six")
                .contains("Harbour Street");
    }

    @Test
    void aGreetingBeforeTheQuestionDoesNotHideIt() {
        assertThat(Conversation.start()
                        .says(
                                "Hello, my name is John and I'm calling because I wanted to know what time you close on Friday")
                        .heard())
                .startsWith("On Friday we close at five");
        assertThat(Conversation.start()
                        .says("Hello, can you recommend a dentist?")
                        .heard())
                .startsWith("I'm sorry, I can't answer that.");
    }
}
