package dev.trunkline.app.engine;

import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;

/** Lets callers hear themselves, for checking a line. */
final class EchoScenario implements Scenario {

    @Override
    public Reply onCallStart(Session session) {
        return Reply.announce("This is the echo test. Speak, and you will hear yourself.")
                .echo();
    }

    @Override
    public Reply onTranscript(Session session, String text) {
        return Reply.nothing().echo();
    }

    @Override
    public Reply onSilence(Session session, int prompt) {
        return Reply.nothing().echo();
    }
}
