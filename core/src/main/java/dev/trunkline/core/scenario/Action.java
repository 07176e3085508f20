package dev.trunkline.core.scenario;

/** One thing that a reply asks to be done; they are done in order, each after the speech before it has been heard. */
public sealed interface Action {

    /**
     * Speak.
     *
     * @param interruptible whether the caller may talk it down
     */
    record Say(String text, boolean interruptible) implements Action {}

    /** Write down a message for the people behind the agent. */
    record LeaveMessage(String name, String number, String text) implements Action {}

    /**
     * Connect the caller to a person.
     *
     * @param target what to dial; empty for the agent's own person
     */
    record Connect(String target) implements Action {}

    /** Let the caller hear themselves, for checking a line, until they hang up. Nothing is recognised meanwhile. */
    record Echo() implements Action {}

    /** End the call, after all that was said has been heard. */
    record HangUp() implements Action {}
}
