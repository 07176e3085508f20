package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.word.Counters;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted caller that comes with the server, where the other tests do not use it. */
@PeerTest
class OwnCallerTest {

    private static final Prompts.Prompt PROMPT = Prompts.named("cannot-complete-as-dialed");
    private static final int PCMA = 8;
    private static final int G722 = 9;
    private static final int OPUS = 111;

    private final RunningServer server;

    OwnCallerTest(RunningServer server) {
        this.server = server;
    }

    private static void assertThatWordsGoThereAndComeBack(ScriptedCaller caller) {
        CallReport report = caller.say(PROMPT.words(), PROMPT.sound())
                .patience(Duration.ofSeconds(10))
                .stay(Duration.ofMillis(500))
                .maxDuration(Duration.ofSeconds(60))
                .run();

        assertThat(report.answered()).as("%s", report.outcome()).isTrue();
        assertThatHeard(Ears.hear(report.heard())).containsInOrder("speak hear call cannot be completed");
    }

    @ParameterizedTest
    @ValueSource(ints = {PCMA, G722, OPUS})
    @Cell(
            peer = Peer.OWN_CALLER,
            shows = {Behaviour.PCMA, Behaviour.G722, Behaviour.OPUS})
    void wordsGoThereAndComeBackInOtherCodecs(int payloadType) {
        assertThatWordsGoThereAndComeBack(calling(server, "echo").codecs(payloadType));
    }

    @Test
    @Cell(peer = Peer.OWN_CALLER, shows = Behaviour.TCP)
    void wordsGoThereAndComeBackOverTcp() {
        Counters.CALLS.increment();
        assertThatWordsGoThereAndComeBack(ScriptedCaller.to(server.addressByTcp("echo")));
    }
}
