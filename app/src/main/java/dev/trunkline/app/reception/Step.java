package dev.trunkline.app.reception;

import dev.trunkline.core.scenario.Expectation;

/** Where in the conversation a call is: what was asked last. */
enum Step {
    /** What can I do for you? */
    TALK(Expectation.ANYTHING),
    /** Anything else? */
    MORE(Expectation.ANYTHING),
    /** Did you mean ...? */
    CLARIFY(Expectation.YES_NO),
    /** Shall I connect you? */
    OFFER_PERSON(Expectation.YES_NO),
    /** Shall I take a message? */
    OFFER_MESSAGE(Expectation.YES_NO),
    /** What is your name? */
    NAME(Expectation.NAME),
    /** What is your number? */
    NUMBER(Expectation.digits(15)),
    /** Is that number right? */
    CONFIRM(Expectation.YES_NO),
    /** What is your message? */
    TEXT(Expectation.MESSAGE);

    private final Expectation expectation;

    Step(Expectation expectation) {
        this.expectation = expectation;
    }

    Expectation expectation() {
        return expectation;
    }

    boolean takesMessage() {
        return this == NAME || this == NUMBER || this == CONFIRM || this == TEXT;
    }
}
