package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.reception.Facts;
import dev.trunkline.app.reception.FactsException;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agents that come with the server; each is reached by its name. */
final class BuiltInAgents implements AgentDirectory {

    static final String RECEPTION = "reception";
    static final String ECHO = "echo";

    private static final String INSTRUCTIONS = """
            You are the friendly receptionist of %s and speak with a caller on the telephone. Find out what they want, answer \
            what you know, and admit what you don't. Never invent facts. This is all that you know:

            %s""";

    private final Map<String, Agent> byName = new TreeMap<>();

    private BuiltInAgents(Agent... agents) {
        for (Agent agent : agents) {
            byName.put(agent.name(), agent);
        }
    }

    /**
     * Both of them.
     *
     * @throws StartException if the facts of reception can't be used
     */
    static BuiltInAgents of(Configuration.Reception settings) {
        // its scenario brings greeting and facts along; a language model must be told
        boolean told = settings.languageModel() != null;
        Facts facts = facts(settings.facts());
        Agent reception = new Agent(
                RECEPTION,
                told
                        ? "Hello, this is " + facts.business()
                                + ". I'm the automatic receptionist. What can I do for you?"
                        : "",
                told ? INSTRUCTIONS.formatted(facts.business(), text(settings.facts())) : "",
                "en",
                "",
                settings.person(),
                Agent.TurnTaking.DEFAULT,
                Agent.Limits.DEFAULT);
        Agent echo = new Agent(ECHO, "", "", "en", "", "", Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT);
        return new BuiltInAgents(reception, echo);
    }

    /**
     * What reception knows.
     *
     * @throws StartException if that can't be used
     */
    static Facts facts(@Nullable Path file) {
        try {
            return file == null ? Facts.shipped() : Facts.read(file);
        } catch (FactsException e) {
            throw new StartException("TRUNKLINE_RECEPTION_FACTS: " + e.getMessage(), e);
        }
    }

    private static String text(@Nullable Path file) {
        try {
            if (file != null) {
                return Files.readString(file);
            }
            try (InputStream in = Facts.class.getResourceAsStream("reception.yaml")) {
                return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new StartException("TRUNKLINE_RECEPTION_FACTS: " + file + " can't be read: " + e.getMessage(), e);
        }
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
