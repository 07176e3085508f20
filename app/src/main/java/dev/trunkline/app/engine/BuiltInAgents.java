package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agents that come with the server; each is reached by its name. */
final class BuiltInAgents implements AgentDirectory {

    static final String RECEPTION = "reception";
    static final String ECHO = "echo";

    private static final String INSTRUCTIONS =
            """
            You are the friendly receptionist of a company and speak with a caller on the telephone. Find out what they want, \
            answer what you know, and admit what you don't. Never invent facts about the company.""";

    private final Map<String, Agent> byName = new TreeMap<>();

    /**
     * Both of them.
     *
     * @param person whom reception connects to; empty for nobody
     */
    BuiltInAgents(String person) {
        add(new Agent(
                RECEPTION,
                "",
                INSTRUCTIONS,
                "en",
                "",
                person,
                Agent.TurnTaking.DEFAULT,
                Agent.Limits.DEFAULT));
        add(new Agent(ECHO, "", "", "en", "", "", Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT));
    }

    private void add(Agent agent) {
        byName.put(agent.name(), agent);
    }

    @Override
    public Optional<Agent> forDialled(String dialled) {
        return named(dialled);
    }

    @Override
    public Optional<Agent> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Collection<Agent> all() {
        return List.copyOf(byName.values());
    }
}
