package dev.trunkline.core.mind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.Generation;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.GenerationListener;
import dev.trunkline.core.language.LanguageModel;
import dev.trunkline.core.language.Prompt;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageMindTest {

    private final List<ThoughtEvent> thoughts = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<GenerationListener> listeners = new ArrayList<>();
    private boolean cancelled;

    private final LanguageMind mind = new LanguageMind(new LanguageModel() {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Generation generate(Prompt prompt, GenerationListener listener) {
            prompts.add(prompt);
            listeners.add(listener);
            return () -> cancelled = true;
        }
    });

    private static Session session(String greeting) {
        var agent = new Agent("a", greeting, "Be kind.", "en", "", "", Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT);
        var call = new CallInfo(
                new CallId("c"), "fake", CallDirection.INBOUND, Party.UNKNOWN, Party.UNKNOWN, Instant.EPOCH);
        var history = List.of(new ChatMessage(ChatMessage.Role.AGENT, "Hello."));
        return new Session(call, agent, history, new Memory());
    }

    private List<String> said() {
        return thoughts.stream()
                .filter(ThoughtEvent.Next.class::isInstance)
                .map(event -> ((ThoughtEvent.Next) event).action())
                .filter(Action.Say.class::isInstance)
                .map(action -> ((Action.Say) action).text())
                .toList();
    }

    @Test
    void instructionsHistoryAndTheCallersWordsGoIn() {
        mind.think(new Occasion.CallerSaid("When do you open?"), session(""), thoughts::add);
        List<ChatMessage> messages = prompts.getFirst().messages();
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0).text()).startsWith("Be kind.");
        assertThat(messages.get(1).text()).isEqualTo("Hello.");
        assertThat(messages.get(2)).isEqualTo(new ChatMessage(ChatMessage.Role.CALLER, "When do you open?"));
    }

    @Test
    void sentencesComeOutWhileTheModelStillWrites() {
        mind.think(new Occasion.CallerSaid("When?"), session(""), thoughts::add);
        listeners.getFirst().on(new GenerationEvent.Text("At nine. And "));
        assertThat(said()).containsExactly("At nine.");
        listeners.getFirst().on(new GenerationEvent.Text("until five."));
        listeners.getFirst().on(new GenerationEvent.Finished(1, 2));
        assertThat(said()).containsExactly("At nine.", "And until five.");
        assertThat(thoughts.getLast()).isInstanceOf(ThoughtEvent.Done.class);
    }

    @Test
    void aConfiguredGreetingNeedsNoModel() {
        mind.think(new Occasion.CallStarted(), session("Good day."), thoughts::add);
        assertThat(said()).containsExactly("Good day.");
        assertThat(prompts).isEmpty();
    }

    @Test
    void aModelThatFailsInTheMiddleHasSaidWhatItSaid() {
        mind.think(new Occasion.CallerSaid("When?"), session(""), thoughts::add);
        listeners.getFirst().on(new GenerationEvent.Text("At nine and"));
        listeners.getFirst().on(new GenerationEvent.Failed("cut"));
        assertThat(said()).containsExactly("At nine and");
        assertThat(thoughts.getLast()).isInstanceOf(ThoughtEvent.Failed.class);
    }

    @Test
    void afterAGoodbyeItHangsUp() {
        mind.think(new Occasion.CallerSaid("Thanks, goodbye!"), session(""), thoughts::add);
        listeners.getFirst().on(new GenerationEvent.Text("Goodbye."));
        listeners.getFirst().on(new GenerationEvent.Finished(1, 2));
        assertThat(thoughts.get(1)).isEqualTo(new ThoughtEvent.Next(new Action.HangUp()));
    }

    @Test
    void cancellingReachesTheModel() {
        mind.think(new Occasion.CallerSaid("When?"), session(""), thoughts::add).cancel();
        assertThat(cancelled).isTrue();
    }
}
