package dev.trunkline.core.agent;

import java.util.Collection;
import java.util.Optional;

/** Finds who answers. Thread-safe. */
public interface AgentDirectory {

    /** The agent that a dialled user part or number reaches. */
    Optional<Agent> forDialled(String dialled);

    /** The agent that answers calls of that trunk when nobody has what was dialled. */
    default Optional<Agent> forTrunk(String trunk) {
        return Optional.empty();
    }

    /** The agent of that name. */
    Optional<Agent> named(String name);

    /** All of them, in order of their names. */
    Collection<Agent> all();
}
