package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.line.Dialer;
import dev.trunkline.core.line.Hearing;
import dev.trunkline.core.line.Leg;
import dev.trunkline.core.line.LegEvent;
import dev.trunkline.core.line.LegListener;
import dev.trunkline.core.mind.Mind;
import dev.trunkline.core.mind.ScenarioMind;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Scenario;
import dev.trunkline.core.scenario.Session;
import dev.trunkline.core.speech.SpeechRequest;
import dev.trunkline.core.speech.SpeechToText;
import dev.trunkline.core.speech.Synthesis;
import dev.trunkline.core.speech.SynthesisEvent;
import dev.trunkline.core.speech.SynthesisListener;
import dev.trunkline.core.speech.TextToSpeech;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.core.speech.TranscriptionRequest;
import dev.trunkline.core.transfer.TransferWay;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation in virtual time. The synthesiser says a character in 60 ms and a word a chunk; the recogniser knows what the
 * caller says as soon as it has taken its time.
 */
final class Rig {

    static final int CHARACTER_SAMPLES = 480;

    final VirtualTime time = new VirtualTime();
    final FakeLeg leg = new FakeLeg(time);
    final List<CallLogEntry> log = new ArrayList<>();
    final List<ConversationEvent> events = new ArrayList<>();
    final List<String> synthesised = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final FakeEars ears = new FakeEars();
    final CallInfo call;
    long recognitionMillis = 60;
    long synthesisMillis = 50;
    long thinkingMillis;
    TransferWay transfers = TransferWay.BRIDGE;
    FakeLeg person;
    LegListener personListener;
    Conversation conversation;
    private long streamMillis;

    Rig() {
        call = new CallInfo(new CallId("call-1"), "fake", CallDirection.INBOUND, leg.from(), leg.to(), time.now());
    }

    static Agent agent() {
        return new Agent(
                "test", "", "", "en", "", "sip:person@example.com", Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT);
    }

    void start(Scenario scenario) {
        start(scenario, agent());
    }

    void start(Scenario scenario, Agent agent) {
        Scenario noted = new Scenario() {
            @Override
            public Reply onCallStart(Session session) {
                return scenario.onCallStart(session);
            }

            @Override
            public Reply onTranscript(Session session, String text) {
                asked.add(text);
                return scenario.onTranscript(session, text);
            }

            @Override
            public Reply onDtmf(Session session, String digits) {
                return scenario.onDtmf(session, digits);
            }

            @Override
            public Reply onSilence(Session session, int prompt) {
                return scenario.onSilence(session, prompt);
            }

            @Override
            public Reply onOutcome(Session session, dev.trunkline.core.scenario.Outcome outcome) {
                return scenario.onOutcome(session, outcome);
            }
        };
        start(new ScenarioMind("test", noted, task -> time.after(Duration.ofMillis(thinkingMillis), task)), agent);
    }

    void start(Mind mind, Agent agent) {
        Dialer dialer = new Dialer() {
            @Override
            public Leg dial(String target, String callerId, Duration ring, LegListener listener) {
                person = new FakeLeg(time);
                person.listen(listener);
                return person;
            }
        };
        var parts = new ConversationParts(
                ears,
                mind,
                new FakeMouth(),
                new SameFormat(),
                dialer,
                transfers,
                log::add,
                (info, event) -> events.add(event),
                time,
                time,
                Phrases.ENGLISH,
                "node");
        conversation = new Conversation(call, leg, agent, parts);
        conversation.begin();
        time.pass(0);
    }

    /** The caller speaks for so long, and is then silent; the time of the silence is not passed. */
    void callerSays(String text, long millis) {
        callerBegins(text);
        time.pass(millis);
        callerStops();
    }

    void callerBegins(String text) {
        ears.words = ears.words.isEmpty() ? text : ears.words + " " + text;
        leg.voice().callerSpeech(true);
        long onset = time.nanoTime();
        time.after(Duration.ofMillis(64), () -> leg.emit(new LegEvent.SpeechStarted(onset, stream(onset))));
    }

    void callerStops() {
        leg.voice().callerSpeech(false);
        long end = time.nanoTime();
        time.after(
                Duration.ofMillis(120), () -> leg.emit(new LegEvent.SpeechStopped(time.nanoTime(), stream(end), end)));
    }

    private long stream(long nanos) {
        return nanos / 1_000_000;
    }

    void press(char digit) {
        leg.emit(new LegEvent.DigitPressed(time.nanoTime(), digit));
        time.pass(0);
    }

    List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        for (CallLogEntry entry : log) {
            if (entry instanceof CallLogEntry.TurnTaken(var id, Turn turn)) {
                turns.removeIf(before -> before.number() == turn.number());
                turns.add(turn);
            }
        }
        return turns;
    }

    List<String> said(Speaker speaker) {
        return turns().stream()
                .filter(turn -> turn.speaker() == speaker)
                .map(Turn::text)
                .toList();
    }

    boolean saw(Class<? extends ConversationEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    EndReason closedBecause() {
        return log.stream()
                .filter(CallLogEntry.Closed.class::isInstance)
                .map(entry -> ((CallLogEntry.Closed) entry).reason())
                .findFirst()
                .orElse(null);
    }

    /** Knows the words; tells them some time after the pause. */
    final class FakeEars implements SpeechToText {

        String words = "";
        boolean deaf;
        TranscriptListener listener;

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public List<AudioFormat> accepts() {
            return List.of(AudioFormat.PCM_8K);
        }

        void tell(String text, boolean settled, long upToMillis) {
            listener.on(new TranscriptEvent.Hypothesis(text, settled, upToMillis, 0.9));
        }

        @Override
        public Transcription open(TranscriptionRequest request, TranscriptListener hears) {
            listener = hears;
            return new Transcription() {
                private int generation;

                @Override
                public void hear(byte[] audio, int offset, int length, long at) {}

                @Override
                public void speechStarted(long at) {
                    generation++;
                }

                @Override
                public void speechStopped(long at) {
                    int mine = ++generation;
                    if (!deaf) {
                        time.after(Duration.ofMillis(recognitionMillis), () -> {
                            if (mine == generation) {
                                tell(words, true, at);
                            }
                        });
                    }
                }

                @Override
                public void turnTaken() {
                    words = "";
                }

                @Override
                public void close() {}
            };
        }
    }

    /** A word a chunk, 60 ms a character. */
    final class FakeMouth implements TextToSpeech {

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public AudioFormat format() {
            return AudioFormat.PCM_8K;
        }

        @Override
        public Synthesis speak(SpeechRequest request, SynthesisListener to) {
            synthesised.add(request.text());
            boolean[] cancelled = new boolean[1];
            time.after(Duration.ofMillis(synthesisMillis), () -> {
                int start = 0;
                String text = request.text();
                while (start < text.length() && !cancelled[0]) {
                    int space = text.indexOf(' ', start);
                    int end = space < 0 ? text.length() : space + 1;
                    var sound = AudioChunk.silence((end - start) * CHARACTER_SAMPLES, 8000);
                    to.on(new SynthesisEvent.Spoken(new SpokenChunk(sound, start, end, true)));
                    start = end;
                }
                if (!cancelled[0]) {
                    to.on(new SynthesisEvent.Finished());
                }
            });
            return () -> cancelled[0] = true;
        }
    }

    private static final class SameFormat implements SoundConverter {

        @Override
        public Stream open(AudioFormat from, AudioFormat to) {
            return new Stream() {
                @Override
                public AudioChunk convert(AudioChunk chunk) {
                    return chunk;
                }

                @Override
                public AudioChunk flush() {
                    return AudioChunk.silence(0, 8000);
                }
            };
        }

        @Override
        public Hearing into(AudioFormat from, Transcription transcription, AudioFormat wanted) {
            return (samples, offset, length, at) -> {};
        }
    }
}
