package dev.trunkline.core.mind;

import dev.trunkline.core.scenario.Outcome;

/** What an agent is to answer. */
public sealed interface Occasion {

    /** The call is answered. */
    record CallStarted() implements Occasion {}

    /** The caller has spoken. */
    record CallerSaid(String text) implements Occasion {}

    /** The caller has pressed keys. */
    record KeysPressed(String digits) implements Occasion {}

    /** The caller keeps silent, for the n-th time since they last spoke. */
    record CallerSilent(int prompt) implements Occasion {}

    /** Something that was asked for is done, or failed. */
    record Came(Outcome outcome) implements Occasion {}
}
