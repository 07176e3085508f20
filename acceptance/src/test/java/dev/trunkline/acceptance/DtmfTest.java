package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheLastCall;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.acceptance.table.Behaviour;
import dev.trunkline.acceptance.table.Cell;
import dev.trunkline.acceptance.table.Peer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A message is left with a number given by keys. */
@ExtendWith(SharedServer.class)
class DtmfTest {

    private static final String NUMBER = "0791553824";

    private final RunningServer server;

    DtmfTest(RunningServer server) {
        this.server = server;
    }

    private static ScriptedCaller says(ScriptedCaller caller, Voice voice, String words) {
        return caller.say(words, voice.says(words));
    }

    private void aMessageIsLeft(BiFunction<ScriptedCaller, String, ScriptedCaller> press) {
        ScriptedCaller caller = calling(server, "reception");
        says(caller, Voice.FLITE_RMS, "I would like to leave a message, please.");
        says(caller, Voice.FLITE_RMS, "My name is Peter Miller.");
        press.apply(caller, NUMBER + "#");
        press.apply(caller, "1");
        says(caller, Voice.FLITE_RMS, "Please ask the manager to call me about my appointment.");
        says(caller, Voice.FLITE_RMS, "No, thank you. That is all.");
        CallReport report = caller.run().recognisedBy(Ears::hear);

        assertThatHeard(report.agentWords())
                .containsInOrder("name number")
                .containsInOrder("zero seven nine one five five three eight two four right message");
        JsonNode call = recordOfTheLastCall(server.api());
        assertThat(call.get("messages")).as(report.agentWords()).hasSize(1);
        JsonNode message = call.get("messages").get(0);
        assertThat(message.get("callback").asString()).isEqualTo(NUMBER);
        assertThatHeard(message.get("text").asString()).containsInOrder("call me about my appointment");
    }

    @Test
    @Cell(peer = Peer.OWN_CALLER, shows = Behaviour.DTMF)
    void aNumberIsGivenByTelephoneEvents() {
        aMessageIsLeft(ScriptedCaller::keys);
    }

    @Test
    @Cell(peer = Peer.OWN_CALLER, shows = Behaviour.DTMF)
    void aNumberIsGivenByInfo() {
        aMessageIsLeft(ScriptedCaller::infoKeys);
    }
}
