package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;

class BuiltInAgentsTest {

    private static final Configuration.LanguageModelServer MODEL =
            new Configuration.LanguageModelServer(URI.create("http://192.0.2.1/v1"), Secret.NONE, "m");

    @Test
    void eachAgentMayHaveAllThePlacesOfTheServer() {
        BuiltInAgents agents = BuiltInAgents.of(new Configuration.Reception("", null, null), 137);

        assertThat(agents.all())
                .allSatisfy(agent -> assertThat(agent.limits().maxCalls()).isEqualTo(137));
    }

    @Test
    void aLanguageModelIsToldTheFactsAndWhatItCanNotDo() {
        String told = BuiltInAgents.of(new Configuration.Reception("", null, MODEL), 1)
                .named(BuiltInAgents.RECEPTION)
                .orElseThrow()
                .instructions();

        assertThat(told)
                .contains("can't take messages", "connect or transfer", "say so plainly")
                .contains("monday: 9:00-18:00", "twelve Harbour Street", "sixty pounds");
    }

    @Test
    void aPersonThatNobodyIsConnectedToIsToldOnce() {
        try (LogCapture log = new LogCapture(BuiltInAgents.class)) {
            BuiltInAgents.of(new Configuration.Reception("sip:anna@192.0.2.7", null, null), 1);
            BuiltInAgents.of(new Configuration.Reception("", null, MODEL), 1);
            assertThat(log.lines()).isEmpty();
            BuiltInAgents.of(new Configuration.Reception("sip:anna@192.0.2.7", null, MODEL), 1);
            assertThat(log.lines()).singleElement().asString().startsWith("WARN TRUNKLINE_PERSON has no effect");
        }
    }
}
