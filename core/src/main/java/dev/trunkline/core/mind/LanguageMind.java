package dev.trunkline.core.mind;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.language.ChatMessage;
import dev.trunkline.core.language.ChatMessage.Role;
import dev.trunkline.core.language.GenerationEvent;
import dev.trunkline.core.language.LanguageModel;
import dev.trunkline.core.language.Prompt;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Thinks with a language model: the agent's instructions and what was said so far go in, sentences come out while it still
 * writes. It has no tools yet: it hangs up when the caller has said goodbye, and connects nobody.
 */
public final class LanguageMind implements Mind {

    private static final int MAX_TOKENS = 300;

    private static final Pattern FAREWELL =
            Pattern.compile("\\b(goodbye|good bye|bye|bye-bye|auf wiederhören|tschüss)\\b");

    private static final String FOR_THE_EAR =
            "You are speaking on the telephone. Answer in one to three short spoken sentences, without lists, markup, emoji or "
                    + "parentheses. If you don't know something, say so.";

    private final LanguageModel model;

    public LanguageMind(LanguageModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "llm:" + model.name();
    }

    @Override
    public Thinking think(Occasion occasion, Session session, ThoughtListener listener) {
        return switch (occasion) {
            case Occasion.CallStarted started -> {
                String greeting = session.agent().greeting();
                yield greeting.isBlank()
                        ? generate("(The caller has just been connected. Greet them.)", false, session, listener)
                        : say(greeting, session, listener);
            }
            case Occasion.CallerSaid said -> generate(said.text(), isFarewell(said.text()), session, listener);
            case Occasion.KeysPressed pressed ->
                generate("(The caller pressed the keys " + pressed.digits() + ".)", false, session, listener);
            case Occasion.CallerSilent silent ->
                say(
                        silent.prompt() == 1 ? "Are you still there?" : "I can't hear you. Please say something.",
                        session,
                        listener);
            case Occasion.Came came ->
                generate(
                        came.outcome() instanceof Outcome.PersonLeft
                                ? "(The person has hung up; the caller is with you again.)"
                                : "(Nobody could be reached; the caller is with you again.)",
                        false,
                        session,
                        listener);
        };
    }

    private static Thinking say(String text, Session session, ThoughtListener listener) {
        listener.on(new ThoughtEvent.Next(new Action.Say(text, true)));
        listener.on(new ThoughtEvent.Done(Expectation.ANYTHING, session.memory()));
        return () -> {};
    }

    private Thinking generate(String words, boolean last, Session session, ThoughtListener listener) {
        SentenceSplitter splitter =
                new SentenceSplitter(sentence -> listener.on(new ThoughtEvent.Next(new Action.Say(sentence, true))));
        var generation = model.generate(new Prompt(messages(words, session), MAX_TOKENS), event -> {
            switch (event) {
                case GenerationEvent.Text text -> splitter.append(text.text());
                case GenerationEvent.Finished finished -> {
                    splitter.finish();
                    if (last) {
                        listener.on(new ThoughtEvent.Next(new Action.HangUp()));
                    }
                    listener.on(new ThoughtEvent.Done(Expectation.ANYTHING, session.memory()));
                }
                case GenerationEvent.Failed failed -> {
                    splitter.finish();
                    listener.on(new ThoughtEvent.Failed(name() + ": " + failed.message()));
                }
            }
        });
        return generation::cancel;
    }

    private static List<ChatMessage> messages(String words, Session session) {
        Agent agent = session.agent();
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage(Role.SYSTEM, (agent.instructions() + "\n\n" + FOR_THE_EAR).strip()));
        messages.addAll(session.history());
        messages.add(new ChatMessage(Role.CALLER, words));
        return messages;
    }

    private static boolean isFarewell(String text) {
        return text.length() < 60
                && FAREWELL.matcher(text.toLowerCase(Locale.ROOT)).find();
    }
}
