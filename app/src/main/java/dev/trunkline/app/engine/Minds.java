package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.reception.FactsException;
import dev.trunkline.app.reception.Reception;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.mind.Mind;
import dev.trunkline.core.mind.ScenarioMind;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;

/** What each agent thinks with. */
final class Minds {

    private final Map<String, Mind> byAgent;

    private Minds(Map<String, Mind> byAgent) {
        this.byAgent = Map.copyOf(byAgent);
    }

    /**
     * The minds of the built-in agents.
     *
     * @throws StartException if reception can't be made
     */
    static Minds of(Configuration.Reception settings, Executor executor) {
        return new Minds(Map.of(
                BuiltInAgents.RECEPTION,
                new ScenarioMind(BuiltInAgents.RECEPTION, reception(settings.facts()), executor),
                BuiltInAgents.ECHO,
                new ScenarioMind(BuiltInAgents.ECHO, new EchoScenario(), executor)));
    }

    private static Reception reception(@org.jspecify.annotations.Nullable Path facts) {
        try {
            return facts == null ? new Reception() : new Reception(facts);
        } catch (FactsException e) {
            throw new StartException("TRUNKLINE_RECEPTION_FACTS: " + e.getMessage(), e);
        }
    }

    /** What that agent thinks with. */
    Mind of(Agent agent) {
        Mind mind = byAgent.get(agent.name());
        if (mind == null) {
            throw new IllegalArgumentException("no mind for " + agent.name());
        }
        return mind;
    }
}
