package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.keys;
import static dev.trunkline.acceptance.Telephone.recordOfTheCallFrom;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.peer.Asterisk;
import dev.trunkline.acceptance.peer.PeerTest;
import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Prompts;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asterisk calls the server as a trunk does. */
@PeerTest
class AsteriskTrunkTest {

    private static final String QUESTION = "How much is a home visit?";
    private static final Prompts.Prompt FIRST = Prompts.named("cannot-complete-as-dialed");
    private static final Prompts.Prompt SECOND = Prompts.named("check-number-dial-again");
    private static final String FIRST_WORDS = "call cannot be completed";
    private static final String SECOND_WORDS = "check number dial again";

    private final RunningServer server;
    private final Asterisk asterisk;

    AsteriskTrunkTest(RunningServer server, Asterisk asterisk) {
        this.server = server;
        this.asterisk = asterisk;
    }

    /** A call by one of the endpoints in {@code pjsip.conf}. */
    private Asterisk.Call calling(String endpoint, String agent) {
        return asterisk.calls("PJSIP/" + endpoint + "/" + server.address(agent));
    }

    @Test
    @Cell(
            peer = Peer.ASTERISK_TRUNK,
            shows = {Behaviour.CALL, Behaviour.PCMU})
    void aQuestionIsAnswered() {
        Asterisk.Call.Placed call = calling("trunk", "reception")
                .with("QUESTION", Voice.FLITE_RMS.says(QUESTION))
                .place("question");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("hello practice visit ninety pounds");
        assertThat(recordOfTheCallFrom(server.api(), call.from())
                        .get("endReason")
                        .asString())
                .isEqualTo("caller_hung_up");
    }

    @Test
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.HOLD)
    void theLineIsHeldAndTakenBack() {
        Asterisk.Call.Placed call = calling("trunk", "echo")
                .with("QUESTION", FIRST.sound())
                .with("SECOND", SECOND.sound())
                .place("hold");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("speak hear " + FIRST_WORDS + " " + SECOND_WORDS);
    }

    @Test
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.REINVITE)
    void theCodecIsChangedInTheMiddle() {
        Asterisk.Call.Placed call = calling("trunk", "echo")
                .with("QUESTION", FIRST.sound())
                .with("SECOND", SECOND.sound())
                .with("CODEC", "alaw")
                .place("codec");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("speak hear " + FIRST_WORDS + " " + SECOND_WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trunk-alaw", "trunk-g722", "trunk-opus"})
    @Cell(
            peer = Peer.ASTERISK_TRUNK,
            shows = {Behaviour.PCMA, Behaviour.G722, Behaviour.OPUS})
    void wordsGoThereAndComeBackInEachCodec(String endpoint) {
        wordsGoThereAndComeBack(endpoint, server.address("echo"));
    }

    @Test
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.TCP)
    void wordsGoThereAndComeBackOverTcp() {
        wordsGoThereAndComeBack("trunk-tcp", server.addressByTcp("echo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trunk-tls", "trunk-srtp"})
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.TLS)
    void wordsGoThereAndComeBackOverTls(String endpoint) {
        wordsGoThereAndComeBack(endpoint, server.addressByTls("echo"));
    }

    private void wordsGoThereAndComeBack(String endpoint, String address) {
        Asterisk.Call.Placed call = asterisk.calls("PJSIP/" + endpoint + "/" + address)
                .with("QUESTION", FIRST.sound())
                .place("words");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("speak hear " + FIRST_WORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trunk", "trunk-info"})
    @Cell(peer = Peer.ASTERISK_TRUNK, shows = Behaviour.DTMF)
    void keysArriveOnceAndAStarHasTheGreetingRepeated(String endpoint) {
        Asterisk.Call.Placed call =
                calling(endpoint, "reception").with("KEYS", "4711*").place("keys");

        assertThatHeard(Ears.hear(call.heard())).containsInOrder("hello receptionist do hello receptionist do");
        assertThat(keys(recordOfTheCallFrom(server.api(), call.from()))).isEqualTo("4711*");
    }

    @Test
    void aSecondAsteriskRunsBesideTheFirst() {
        try (Asterisk second = Asterisk.start()) {
            assertThat(second.sipPort()).isNotEqualTo(asterisk.sipPort());
            assertThat(second.cli("core show version")).startsWith("Asterisk 22");
            assertThat(asterisk.cli("core show uptime")).contains("System uptime");
        }
    }
}
