package dev.trunkline.core.mind;

import dev.trunkline.core.scenario.Session;

/** What an agent thinks with. Thread-safe; one serves all calls. */
public interface Mind {

    /** What it is, for the log and the record, such as {@code scenario:reception} or {@code llm:gpt-4o}. */
    String name();

    /**
     * Begins to think. Returns at once. The thought may be thrown away, so it has no effect outside but through its events.
     *
     * @param session the call, with a memory that belongs to this thought
     * @param listener called from any thread, one event at a time
     */
    Thinking think(Occasion occasion, Session session, ThoughtListener listener);

    /** The call is over. May block; called once, on a thread of its own. */
    default void callEnded(Session session) {}
}
