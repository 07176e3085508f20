package dev.trunkline.core.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario answers: things to be done in order, and what kind of answer is waited for afterwards. Immutable.
 *
 * @param actions in order
 * @param expectation what is waited for when they are done
 */
public record Reply(List<Action> actions, Expectation expectation) {

    private static final Reply NOTHING = new Reply(List.of(), Expectation.ANYTHING);

    public Reply {
        actions = List.copyOf(actions);
    }

    /** Stays silent and goes on listening. */
    public static Reply nothing() {
        return NOTHING;
    }

    /** Says something. */
    public static Reply say(String text) {
        return NOTHING.andSay(text);
    }

    /** Says something that cannot be interrupted. */
    public static Reply announce(String text) {
        return NOTHING.with(new Action.Say(text, false));
    }

    /** Asks something, and waits for any answer. */
    public static Reply ask(String text) {
        return say(text);
    }

    /** Asks something, and waits for a certain kind of answer. */
    public static Reply ask(String text, Expectation expectation) {
        return say(text).expecting(expectation);
    }

    /** And then says this. */
    public Reply andSay(String text) {
        return with(new Action.Say(text, true));
    }

    /** And writes down a message. */
    public Reply leaveMessage(String name, String number, String text) {
        return with(new Action.LeaveMessage(name, number, text));
    }

    /** And connects the caller to the agent's person. */
    public Reply connect() {
        return connect("");
    }

    /** And connects the caller to somebody. */
    public Reply connect(String target) {
        return with(new Action.Connect(target));
    }

    /** And lets the caller hear themselves. */
    public Reply echo() {
        return with(new Action.Echo());
    }

    /** And ends the call. */
    public Reply hangUp() {
        return with(new Action.HangUp());
    }

    /** The same, waiting for that kind of answer. */
    public Reply expecting(Expectation next) {
        return new Reply(actions, next);
    }

    private Reply with(Action action) {
        List<Action> all = new ArrayList<>(actions);
        all.add(action);
        return new Reply(all, expectation);
    }
}
