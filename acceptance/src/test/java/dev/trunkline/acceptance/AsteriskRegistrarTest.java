package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.keys;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallInProgress;
import dev.trunkline.caller.report.CallReport;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server registers with Asterisk as with a telephone company: it is called by the registration, and calls out by it. */
@PeerTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsteriskRegistrarTest {

    private static final String QUESTION = "How much is a home visit?";
    private static final Prompts.Prompt FIRST = Prompts.named("cannot-complete-as-dialed");
    private static final Prompts.Prompt SECOND = Prompts.named("check-number-dial-again");
    private static final String BOTH_WORDS = "speak hear call cannot be completed check number dial again";
    private static final Duration REGISTERED = Duration.ofSeconds(30);

    private final Asterisk asterisk;
    private final RunningServer server;

    AsteriskRegistrarTest(Asterisk asterisk) {
        this.asterisk = asterisk;
        this.server = RunningServer.prepare(Map.of("TRUNKLINE_PERSON", asterisk.address("person")));
    }

    private static String trunk(String name, String user, String password, String agent, int registrar) {
        return """
                  %s:
                    user: %s
                    password: %s
                    registrar: 127.0.0.1:%d
                    agent: %s
                    expires: 30
                """.formatted(name, user, password, registrar, agent);
    }

    @BeforeAll
    void register() throws IOException {
        Files.createDirectories(server.folder());
        Files.writeString(
                server.folder().resolve("trunkline.yaml"),
                "trunks:\n"
                        + trunk("office", "agent", Asterisk.PASSWORD, "reception", asterisk.sipPort())
                        + trunk("lab", "agent256", Asterisk.PASSWORD, "echo", asterisk.sipPort()));
        server.launch();
        await().atMost(REGISTERED)
                .ignoreExceptions()
                .until(() -> state("office").equals("up") && state("lab").equals("up"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String state(String trunk) {
        return server.api()
                .json("/health")
                .get("parts")
                .get("trunk." + trunk)
                .get("state")
                .asString();
    }

    @Test
    @Cell(
            peer = Peer.ASTERISK_REGISTRAR,
            shows = {Behaviour.CALL, Behaviour.PCMU})
    void aQuestionIsAnsweredWhenTheAccountIsCalled() {
        Asterisk.Call.Placed call = asterisk.calls("PJSIP/agent")
                .with("QUESTION", Voice.FLITE_RMS.says(QUESTION))
                .place("question");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("hello practice visit ninety pounds");
    }

    @Test
    @Cell(peer = Peer.ASTERISK_REGISTRAR, shows = Behaviour.DTMF)
    void keysArriveOnceAndAStarHasTheGreetingRepeated() {
        Asterisk.Call.Placed call =
                asterisk.calls("PJSIP/agent").with("KEYS", "4711*").place("keys");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("hello receptionist do hello receptionist do");
        assertThat(keys(recordOfTheCallFrom(server.api(), call.from()))).isEqualTo("4711*");
    }

    @Test
    @Cell(peer = Peer.ASTERISK_REGISTRAR, shows = Behaviour.HOLD)
    void theLineIsHeldAndTakenBack() {
        Asterisk.Call.Placed call = asterisk.calls("PJSIP/agent256")
                .with("QUESTION", FIRST.sound())
                .with("SECOND", SECOND.sound())
                .place("hold");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder(BOTH_WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alaw", "g722", "opus"})
    @Cell(
            peer = Peer.ASTERISK_REGISTRAR,
            shows = {Behaviour.REINVITE, Behaviour.PCMA, Behaviour.G722, Behaviour.OPUS})
    void theCodecIsChangedInTheMiddle(String codec) {
        Asterisk.Call.Placed call = asterisk.calls("PJSIP/agent256")
                .with("QUESTION", FIRST.sound())
                .with("SECOND", SECOND.sound())
                .with("CODEC", codec)
                .place("codec");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder(BOTH_WORDS);
    }

    @Test
    @Cell(
            peer = Peer.ASTERISK_REGISTRAR,
            shows = {Behaviour.CALL, Behaviour.CANCEL})
    void thePersonIsCalledByTheAccountAndNoMoreWhenTheCallerGivesUp() {
        CallInProgress impatient = calling(server, "reception")
                .keys("0")
                .stay(Duration.ofMinutes(1))
                .start();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> asterisk.log().contains("Executing [person@called:2] Wait(\"PJSIP/agent-"));
        impatient.hangUp();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> asterisk.cli("core show channels concise")
                        .lines()
                        .noneMatch(line -> line.startsWith("PJSIP/agent-") && line.contains("!person!")));
        assertThat(asterisk.log()).doesNotContain("Executing [person@called:3] Answer(\"PJSIP/agent-");

        CallReport report = calling(server, "reception")
                .keys("0")
                .stay(Duration.ofSeconds(16))
                .run()
                .recognisedBy(Ears::hear);
        assertThatHeard(report.agentWords()).containsInOrder("hello no matches");
        assertThat(asterisk.log()).contains("Executing [person@called:3]");
    }
}
