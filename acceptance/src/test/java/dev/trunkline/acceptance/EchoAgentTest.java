package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.CallTurn;
import dev.trunkline.caller.sound.Delay;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is said to the echo agent comes back through the jitter buffer. */
@ExtendWith(SharedServer.class)
class EchoAgentTest {

    private static final int RATE = 8_000;

    private final RunningServer server;
    private final Prompts.Prompt prompt = Prompts.all().get(9);

    EchoAgentTest(RunningServer server) {
        this.server = server;
    }

    private CallReport echoed(Impairments network) {
        return calling(server, "echo")
                .say(prompt.words(), prompt.sound())
                .patience(Duration.ofSeconds(8))
                .stay(Duration.ofMillis(500))
                .impaired(network)
                .run();
    }

    /** From the first of the caller's words on. */
    private static short[] since(AudioChunk sound, CallTurn turn) {
        short[] pcm = sound.toPcm();
        return Arrays.copyOfRange(pcm, (int) (turn.start().toMillis() * RATE / 1000), pcm.length);
    }

    @Test
    void theWordsComeBackWithLittleDelay() {
        CallReport report = echoed(Impairments.NONE);
        CallTurn said = report.callerTurns().getFirst();
        short[] back = since(report.heard(), said);

        assertThatHeard(Ears.hear(report.agentTurns().getFirst().audio()))
                .containsInOrder("this is the echo speak hear");
        assertThatHeard(Ears.hear(AudioChunk.ofPcm(back, RATE))).isLike(prompt.words(), 15);
        int delayMillis = Delay.between(since(report.said(), said), back, RATE) * 1000 / RATE;
        System.out.println("the echo came back after " + delayMillis + " ms");
        assertThat(delayMillis).isBetween(10, 200);
    }

    @Test
    void theWordsComeBackThroughABadNetwork() {
        CallReport report = echoed(new Impairments(3, 30, 1, 1, 11));
        short[] back = since(report.heard(), report.callerTurns().getFirst());

        assertThatHeard(Ears.hear(AudioChunk.ofPcm(back, RATE))).isLike(prompt.words(), 34);
        assertThat(report.traffic().received().lost()).isZero();
    }
}
