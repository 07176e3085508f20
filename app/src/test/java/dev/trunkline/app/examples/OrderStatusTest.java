package dev.trunkline.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.core.agent.Agent;
import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.scenario.Outcome;
import dev.trunkline.core.scenario.Reply;
import dev.trunkline.core.scenario.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStatusTest {

    private final OrderStatus scenario = new OrderStatus(Map.of("4711", "on its way"));
    private final Session session = new Session(
            new CallInfo(CallId.at(0), "sip", CallDirection.INBOUND, Party.UNKNOWN, Party.UNKNOWN, Instant.EPOCH),
            new Agent("orders", "", "", "en", "", "", Agent.TurnTaking.DEFAULT, Agent.Limits.DEFAULT),
            List.of(),
            new Memory());

    @Test
    void anOrderIsFoundByKeysOrBySpeech() {
        Reply expected = Reply.say("Your order is on its way.")
                .andSay("Would you like to talk to somebody about it?")
                .expecting(Expectation.YES_NO);
        assertThat(scenario.onDtmf(session, "4711")).isEqualTo(expected);
        session.memory().remove("asked");
        assertThat(scenario.onTranscript(session, "It's 4711.")).isEqualTo(expected);
    }

    @Test
    void anUnknownOrderIsAskedAgain() {
        assertThat(scenario.onDtmf(session, "1").expectation()).isEqualTo(Expectation.digits(4));
    }

    @Test
    void whoWantsAPersonIsConnectedAndTheOthersAreBidGoodbye() {
        scenario.onDtmf(session, "4711");
        assertThat(scenario.onTranscript(session, "Yes."))
                .isEqualTo(Reply.say("One moment, please.").connect());
        assertThat(scenario.onTranscript(session, "No."))
                .isEqualTo(Reply.say("Goodbye.").hangUp());
        assertThat(scenario.onOutcome(session, new Outcome.NotConnected(Outcome.Reason.BUSY))
                        .actions())
                .hasSize(2);
    }

    @Test
    void thePageQuotesTheExampleAsItIs() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String source = Files.readString(root.resolve("app/src/test/java/dev/trunkline/app/examples/OrderStatus.java"));
        String page = Files.readString(root.resolve("docs/scenarios.md"));
        assertThat(page)
                .contains(source.substring(source.indexOf("/** Tells callers")).strip());
    }
}
