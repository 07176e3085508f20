package dev.trunkline.app.engine;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.conversation.Phrases;
import dev.trunkline.core.mind.Mind;
import dev.trunkline.core.mind.Occasion;
import dev.trunkline.core.mind.ThoughtEvent;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Session;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.TextToSpeech;
import java.time.Instant;
import java.util.List;

/** Has what every call begins with spoken once, unheard, so that the voice remembers it when the first caller comes. */
final class Rehearsal {

    private final TextToSpeech voice;

    Rehearsal(TextToSpeech voice) {
        this.voice = voice;
    }

    /** What an agent greets with, and the first thing it says into silence. */
    void greeting(Agent agent, Mind mind) {
        CallInfo nobody = new CallInfo(
                CallId.at(0), "rehearsal", CallDirection.INBOUND, Party.UNKNOWN, Party.UNKNOWN, Instant.EPOCH);
        for (Occasion occasion : List.of(new Occasion.CallStarted(), new Occasion.CallerSilent(1))) {
            mind.think(occasion, new Session(nobody, agent, List.of(), new Memory()), event -> {
                if (event instanceof ThoughtEvent.Next(Action.Say say)) {
                    speak(say.text(), agent);
                }
            });
        }
    }

    /** What the engine itself says to callers of that agent. */
    void phrases(Phrases phrases, Agent agent) {
        for (String phrase : List.of(
                phrases.notUnderstood(),
                phrases.trouble(),
                phrases.shutdown(),
                phrases.silentGoodbye(),
                phrases.timeIsUp())) {
            speak(phrase, agent);
        }
    }

    private void speak(String text, Agent agent) {
        voice.speak(new SpeechRequest(text, agent.language(), agent.voice(), SpeechRequest.Urgency.REST), event -> {});
    }
}
