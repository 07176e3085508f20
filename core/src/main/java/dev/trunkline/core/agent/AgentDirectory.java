package dev.trunkline.core.agent;

import java.util.Collection;
import java.util.Optional;

/** Finds who answers. Thread-safe. */
public interface AgentDirectory {

    /** The agent that a dialled user part or number reaches. */
    Optional<Agent> forDialled(String dialled);

    /** The agent of that name. */
    Optional<Agent> named(String name);

    /** All of them, in order of their names. */
    Collection<Agent> all();
}
