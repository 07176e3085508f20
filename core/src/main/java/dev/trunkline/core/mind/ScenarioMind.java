package dev.trunkline.core.mind;

import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import java.util.concurrent.Executor;

/** Thinks by asking a scenario. Each hook runs as one task of the executor, so it may block. */
public final class ScenarioMind implements Mind {

    private final String name;
    private final Scenario scenario;
    private final Executor executor;

    /**
     * A mind that asks a scenario.
     *
     * @param name the scenario's name
     * @param executor where hooks run: customarily a virtual thread each
     */
    public ScenarioMind(String name, Scenario scenario, Executor executor) {
        this.name = "scenario:" + name;
        this.scenario = scenario;
        this.executor = executor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Thinking think(Occasion occasion, Session session, ThoughtListener listener) {
        executor.execute(() -> {
            Reply reply;
            try {
                reply = ask(occasion, session);
            } catch (RuntimeException e) {
                listener.on(new ThoughtEvent.Failed(name + ": " + e));
                return;
            }
            for (Action action : reply.actions()) {
                listener.on(new ThoughtEvent.Next(action));
            }
            listener.on(new ThoughtEvent.Done(reply.expectation(), session.memory()));
        });
        // a hook is short and without effect: its answer is simply not listened to any more
        return () -> {};
    }

    private Reply ask(Occasion occasion, Session session) {
        return switch (occasion) {
            case Occasion.CallStarted started -> scenario.onCallStart(session);
            case Occasion.CallerSaid said -> scenario.onTranscript(session, said.text());
            case Occasion.KeysPressed pressed -> scenario.onDtmf(session, pressed.digits());
            case Occasion.CallerSilent silent -> scenario.onSilence(session, silent.prompt());
            case Occasion.Came came -> scenario.onOutcome(session, came.outcome());
        };
    }

    @Override
    public void callEnded(Session session) {
        scenario.onCallEnd(session);
    }
}
