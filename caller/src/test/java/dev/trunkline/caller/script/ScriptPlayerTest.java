package dev.trunkline.caller.script;

import static dev.trunkline.caller.script.VirtualAgent.speech;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptPlayerTest {

    private static final double ROUND = 0.021;

    private static Script script(Step... steps) {
        return script(List.of(), Duration.ZERO, steps);
    }

    private static Script script(List<TimedKeys> keys, Duration stay, Step... steps) {
        return new Script(List.of(steps), keys, Script.PAUSE, Duration.ofSeconds(8), stay, Duration.ofMinutes(2));
    }

    private static Step say(Cue cue, String label, int millis) {
        return new Step(cue, new Content.Speech(label, speech(millis)));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    @Test
    void theCallerSpeaksWhenTheGreetingIsOverAndHangsUpAfterTheAnswer() {
        VirtualAgent agent = new VirtualAgent(script(say(Cue.AFTER_AGENT, "hello", 1000)))
                .speaks(0.2, 2.0)
                .speaks(4.5, 6.0);

        SpokenTurn turn = agent.run().spoken().getFirst();

        assertThat(seconds(turn.startNanos())).isCloseTo(2.9, within(ROUND));
        assertThat(seconds(turn.endNanos())).isCloseTo(3.88, within(ROUND));
        assertThat(turn.unanswered()).isFalse();
        assertThat(agent.end()).isCloseTo(6.9, within(ROUND));
    }

    @Test
    void aShortPauseWithinTheGreetingIsWaitedOut() {
        VirtualAgent agent = new VirtualAgent(script(say(Cue.AFTER_AGENT, "hello", 500)))
                .speaks(0.2, 1.0)
                .speaks(1.8, 3.0)
                .speaks(5.0, 6.0);

        assertThat(seconds(agent.run().spoken().getFirst().startNanos())).isCloseTo(3.9, within(ROUND));
    }

    @Test
    void silenceAtTheEndOfARecordingIsNoSpeech() {
        short[] padded = Arrays.copyOf(speech(1000), 8_000 * 3);
        VirtualAgent agent = new VirtualAgent(script(new Step(Cue.AFTER_AGENT, new Content.Speech("padded", padded))))
                .speaks(0, 1)
                .speaks(3.4, 4);

        SpokenTurn turn = agent.run().spoken().getFirst();

        assertThat(seconds(turn.endNanos() - turn.startNanos())).isCloseTo(0.98, within(ROUND));
        assertThat(turn.unanswered()).isFalse();
    }

    @Test
    void aTurnThatTheAgentDoesNotAnswerIsMarkedAndTheScriptGoesOn() {
        VirtualAgent agent = new VirtualAgent(
                        script(say(Cue.AFTER_AGENT, "one", 500), say(Cue.AFTER_AGENT, "two", 500)))
                .speaks(0, 1)
                .speaks(12.0, 13.0);

        List<SpokenTurn> spoken = agent.run().spoken();

        assertThat(spoken).extracting(SpokenTurn::unanswered).containsExactly(true, false);
        assertThat(seconds(spoken.get(1).startNanos())).isCloseTo(2.4 + 8, within(0.05));
    }

    @Test
    void withoutAGreetingTheCallerSpeaksWhenItsPatienceEnds() {
        VirtualAgent agent = new VirtualAgent(script(say(Cue.AFTER_AGENT, "anybody", 500))).speaks(9, 10);

        ScriptPlayer player = agent.run();

        assertThat(player.greetingMissed()).isTrue();
        assertThat(seconds(player.spoken().getFirst().startNanos())).isCloseTo(8.0, within(ROUND));
    }

    @Test
    void anInterruptionBeginsInTheMiddleOfTheAgentsSpeech() {
        VirtualAgent agent = new VirtualAgent(script(say(new Cue.IntoAgent(Duration.ofMillis(1200)), "wait", 600)))
                .speaks(1.0, 20.0)
                .talkedDownAfter(Duration.ofMillis(300))
                .speaks(4.0, 5.0);

        SpokenTurn turn = agent.run().spoken().getFirst();

        assertThat(seconds(turn.startNanos())).isCloseTo(2.2, within(ROUND));
        assertThat(turn.overlapped()).isFalse();
        assertThat(turn.unanswered()).isFalse();
    }

    @Test
    void anAnswerRightAfterAnInterruptionIsAnUtteranceOfItsOwn() {
        VirtualAgent agent = new VirtualAgent(script(say(new Cue.IntoAgent(Duration.ofMillis(1200)), "wait", 600)))
                .speaks(1.0, 20.0)
                .talkedDownAfter(Duration.ofMillis(300))
                .speaks(3.2, 5.0);
        agent.run();

        assertThat(agent.utterances()).hasSize(2);
        assertThat(seconds(agent.utterances().get(1).startNanos())).isCloseTo(3.2, within(ROUND));
    }

    @Test
    void anAgentThatDoesNotGiveWayIsSeenToOverlap() {
        VirtualAgent agent =
                new VirtualAgent(script(say(new Cue.IntoAgent(Duration.ofMillis(1200)), "wait", 600))).speaks(1.0, 6.0);

        assertThat(agent.run().spoken().getFirst().overlapped()).isTrue();
        assertThat(agent.end()).isCloseTo(6.9, within(0.05));
    }

    @Test
    void keysArePressedOneAfterTheOtherAsATurn() {
        VirtualAgent agent = new VirtualAgent(
                        script(new Step(Cue.AFTER_AGENT, new Content.Keys("42", Content.KeyWay.RTP_EVENT))))
                .speaks(0, 1)
                .speaks(5, 6);

        SpokenTurn turn = agent.run().spoken().getFirst();
        List<Round.Key> keys = agent.events.stream()
                .filter(e -> e.round() instanceof Round.Key)
                .map(e -> (Round.Key) e.round())
                .toList();

        assertThat(keys).hasSize(12);
        assertThat(keys.getFirst()).isEqualTo(new Round.Key('4', 0, false));
        assertThat(keys.get(5)).isEqualTo(new Round.Key('4', 5, true));
        assertThat(keys.getLast()).isEqualTo(new Round.Key('2', 5, true));
        assertThat(turn.label()).isEqualTo("[keys 42]");
        assertThat(turn.unanswered()).isFalse();
    }

    @Test
    void timedKeysComeAtTheirTimeAndSpeechWaits() {
        VirtualAgent agent = new VirtualAgent(script(
                        List.of(new TimedKeys(
                                Duration.ofMillis(2500), new Content.Keys("7", Content.KeyWay.RTP_EVENT))),
                        Duration.ZERO,
                        say(Cue.AFTER_AGENT, "hello", 1000)))
                .speaks(0, 1)
                .speaks(5, 6);

        List<SpokenTurn> spoken = agent.run().spoken();

        assertThat(spoken).extracting(SpokenTurn::label).containsExactly("hello", "[keys 7]");
        assertThat(seconds(spoken.get(1).startNanos())).isCloseTo(2.5, within(ROUND));
        assertThat(seconds(spoken.get(0).endNanos())).isCloseTo(1.9 + 0.98 + 0.12, within(2 * ROUND));
    }

    @Test
    void infoKeysAreAskedForOnceEach() {
        VirtualAgent agent = new VirtualAgent(
                        script(new Step(Cue.AFTER_AGENT, new Content.Keys("1#", Content.KeyWay.INFO))))
                .speaks(0, 1)
                .speaks(3, 4);
        agent.run();

        assertThat(agent.events.stream().map(VirtualAgent.Event::round).filter(Round.InfoKey.class::isInstance))
                .containsExactly(new Round.InfoKey('1'), new Round.InfoKey('#'));
    }

    @Test
    void aFollowUpComesAfterAFixedPauseWhateverTheAgentDoes() {
        VirtualAgent agent = new VirtualAgent(script(
                        say(Cue.AFTER_AGENT, "my number", 500),
                        say(new Cue.AfterStep(Duration.ofMillis(600)), "is four", 500)))
                .speaks(0, 1)
                .speaks(5, 6);

        List<SpokenTurn> spoken = agent.run().spoken();

        assertThat(seconds(spoken.get(1).startNanos() - spoken.get(0).endNanos()))
                .isCloseTo(0.6, within(ROUND));
    }

    @Test
    void theScriptCanHangUpBeforeTheAgentHasFinished() {
        VirtualAgent agent = new VirtualAgent(
                        script(new Step(new Cue.IntoAgent(Duration.ofSeconds(1)), new Content.HangUp())))
                .speaks(0.5, 30);
        agent.run();

        assertThat(agent.end()).isCloseTo(1.5, within(ROUND));
    }

    @Test
    void theCallerStaysAsLongAsAsked() {
        VirtualAgent agent = new VirtualAgent(script(List.of(), Duration.ofSeconds(5))).speaks(0, 1);
        agent.run();

        assertThat(agent.end()).isCloseTo(6.9, within(2 * ROUND));
    }

    @Test
    void aCallNeverLastsLongerThanAllowed() {
        Script endless = new Script(
                List.of(say(Cue.AFTER_AGENT, "never said", 500)),
                List.of(),
                Script.PAUSE,
                Duration.ofSeconds(8),
                Duration.ZERO,
                Duration.ofSeconds(20));
        VirtualAgent agent = new VirtualAgent(endless).speaks(0, 60);

        ScriptPlayer player = agent.run();

        assertThat(agent.end()).isEqualTo(20.0);
        assertThat(player.unsaid()).containsExactly("never said");
        assertThat(player.spoken()).isEmpty();
    }

    @Test
    void quietIsKeptWhateverTheAgentSays() {
        VirtualAgent agent = new VirtualAgent(script(
                        new Step(Cue.AFTER_AGENT, new Content.Quiet(Duration.ofSeconds(10))),
                        say(new Cue.AfterStep(Duration.ZERO), "still here", 500)))
                .speaks(0, 1)
                .speaks(6, 7)
                .speaks(14, 15);

        assertThat(seconds(agent.run().spoken().getFirst().startNanos())).isCloseTo(11.9, within(2 * ROUND));
    }
}
