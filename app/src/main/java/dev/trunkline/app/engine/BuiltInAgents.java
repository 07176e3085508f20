package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.SpeechChoice;
import dev.trunkline.app.reception.Facts;
import dev.trunkline.app.reception.FactsException;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.agent.AgentDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    private static final Logger LOG = System.getLogger(BuiltInAgents.class.getName());

    static final String RECEPTION = "reception";
    static final String ECHO = "echo";

    /** Only where speech is a stub. */
    static final String STUB = "stub";

    private static final String INSTRUCTIONS = """
            You are the friendly receptionist of %s and speak with a caller on the telephone. Find out what they want, answer \
            what you know, and admit what you don't. Never invent facts. You can only answer questions: you can't take messages, \
pass anything on, connect or transfer the call to anybody, call back or make appointments. If the caller asks for any of that, \
say so plainly, and never promise or pretend it. This is all that you know:

            %s""";

    private final Map<String, Agent> byName = new TreeMap<>();

    private BuiltInAgents(Agent... agents) {
        for (Agent agent : agents) {
            byName.put(agent.name(), agent);
        }
    }

    /**
     * Those that these settings call for.
     *
     * @throws StartException if the facts of reception can't be used
     */
    static BuiltInAgents of(Configuration settings) {
        int most = settings.calls().most();
        BuiltInAgents agents = of(settings.reception(), most);
        if (settings.models().speech() == SpeechChoice.STUB) {
            Agent.Limits limits = new Agent.Limits(Agent.Limits.DEFAULT.maxDuration(), most);
            agents.byName.put(
                    STUB, new Agent(STUB, "This is a stub.", "", "en", "", "", Agent.TurnTaking.DEFAULT, limits));
        }
        return agents;
    }

    /**
     * Reception and echo.
     *
     * @param mostCalls at once; each may have all the places of the server
     * @throws StartException if the facts of reception can't be used
     */
    static BuiltInAgents of(Configuration.Reception settings, int mostCalls) {
        // its scenario brings greeting and facts along; a language model must be told
        boolean told = settings.languageModel() != null;
        Facts facts = facts(settings.facts());
        if (told && !settings.person().isEmpty()) {
            LOG.log(Level.WARNING, "TRUNKLINE_PERSON has no effect: with a language model reception connects nobody");
        }
        Agent.Limits limits = new Agent.Limits(Agent.Limits.DEFAULT.maxDuration(), mostCalls);
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
                limits);
        Agent echo = new Agent(ECHO, "", "", "en", "", "", Agent.TurnTaking.DEFAULT, limits);
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
