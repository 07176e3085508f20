package dev.trunkline.app.engine;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.SpeechChoice;
import dev.trunkline.app.reception.Reception;
import dev.trunkline.app.stub.StubLanguageModel;
import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.mind.LanguageMind;
import dev.trunkline.core.mind.Mind;
import dev.trunkline.core.mind.ScenarioMind;
import dev.trunkline.providers.openai.OpenAiLanguageModel;
import dev.trunkline.providers.openai.OpenAiSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What each agent thinks with. */
final class Minds implements AutoCloseable {

    private final Map<String, Mind> byAgent;
    private final @Nullable OpenAiLanguageModel languageModel;

    private Minds(Map<String, Mind> byAgent, @Nullable OpenAiLanguageModel languageModel) {
        this.byAgent = new HashMap<>(byAgent);
        this.languageModel = languageModel;
    }

    /**
     * The minds of the built-in agents. Reception thinks with a language model if there is one, and otherwise by its rules;
     * either way its facts must be good.
     *
     * @throws StartException if reception can't be made
     */
    static Minds of(Configuration settings, Executor executor) {
        Minds minds = of(settings.reception(), executor);
        if (settings.models().speech() == SpeechChoice.STUB) {
            minds.byAgent.put(BuiltInAgents.STUB, new LanguageMind(new StubLanguageModel(executor)));
        }
        return minds;
    }

    private static Minds of(Configuration.Reception settings, Executor executor) {
        Reception reception = new Reception(BuiltInAgents.facts(settings.facts()), InstantSource.system());
        Mind echo = new ScenarioMind(BuiltInAgents.ECHO, new EchoScenario(), executor);
        Configuration.LanguageModelServer server = settings.languageModel();
        if (server == null) {
            return new Minds(
                    Map.of(
                            BuiltInAgents.RECEPTION,
                            new ScenarioMind(BuiltInAgents.RECEPTION, reception, executor),
                            BuiltInAgents.ECHO,
                            echo),
                    null);
        }
        try {
            OpenAiLanguageModel model = new OpenAiLanguageModel(
                    new OpenAiSettings(server.baseUrl(), server.apiKey().value(), server.model()));
            return new Minds(Map.of(BuiltInAgents.RECEPTION, new LanguageMind(model), BuiltInAgents.ECHO, echo), model);
        } catch (IllegalArgumentException e) {
            throw new StartException(e.getMessage() + "; see TRUNKLINE_LLM_BASE_URL and TRUNKLINE_LLM_API_KEY", e);
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

    /** Ends the connections to the language model. */
    @Override
    public void close() {
        if (languageModel != null) {
            languageModel.close();
        }
    }
}
