package dev.trunkline.core.mind;

import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Memory;

/** What comes of thinking, in the order in which it is to be done; ends with {@link Done} or {@link Failed}. */
public sealed interface ThoughtEvent {

    /** Something to say or do. */
    record Next(Action action) implements ThoughtEvent {}

    /**
     * That was all.
     *
     * @param expectation what is waited for
     * @param memory the memory as it is after this thought
     */
    record Done(Expectation expectation, Memory memory) implements ThoughtEvent {}

    /** Nothing more will come; what came before holds. The message is fit for a log. */
    record Failed(String message) implements ThoughtEvent {}
}
