package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.Telephone.recordOfTheLastCall;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.voice.Voice;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.ScriptedCaller;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.sound.Signature;
import dev.trunkline.caller.sound.SignatureReading;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.telephony.sip.useragent.Party;
import dev.trunkline.telephony.sip.useragent.SipCallEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The caller asks for a person. */
class PersonTest {

    private static final String REQUEST = "Can I talk to a person, please?";
    private static final int STEPS = 24;
    private static final Signature ANNAS = Signature.of(40);
    private static final Signature CALLERS = Signature.of(120);

    private static RunningServer serverWith(PersonTelephone person) {
        return RunningServer.start(Map.of("TRUNKLINE_PERSON", person.address()));
    }

    /** Asks, hears out the announcement, and sends its signature while the person sends another. */
    private static ScriptedCaller askingForAPerson(RunningServer server) {
        return calling(server, "reception")
                .say(REQUEST, Voice.FLITE_RMS.says(REQUEST))
                .say("[signature]", CALLERS.sound(STEPS));
    }

    private static void assertThatAllOfItCame(Signature signature, AudioChunk heard, String who) {
        SignatureReading reading = signature.read(heard.toPcm());
        System.out.println(who + " heard " + reading);
        assertThat(reading.steps()).as(reading.toString()).isBetween(STEPS - 1, STEPS + 1);
        assertThat(reading.skipped()).as(reading.toString()).isZero();
        assertThat(reading.repeated()).as(reading.toString()).isZero();
    }

    @Test
    void theTwoHearEachOtherAndTheAgentIsThereWhenThePersonHasHungUp() throws IOException {
        try (PersonTelephone anna = PersonTelephone.thatSaysAndHangsUp(ANNAS.sound(STEPS));
                RunningServer server = serverWith(anna)) {
            CallReport report =
                    askingForAPerson(server).stay(Duration.ofSeconds(10)).run().recognisedBy(Ears::hear);

            assertThatHeard(report.agentWords()).containsInOrder("moment connecting you");
            assertThatHeard(report.agentTurns().getLast().words()).containsInOrder("me again anything else");
            assertThatAllOfItCame(ANNAS, report.heard(), "the caller");
            assertThatAllOfItCame(CALLERS, anna.heard(), "the person");
            assertThat(anna.called()).isEqualTo(1);
            JsonNode call = recordOfTheLastCall(server.api());
            assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        }
    }

    @Test
    void thePersonsCallEndsWhenTheCallerHangsUp() throws IOException {
        try (PersonTelephone anna = PersonTelephone.thatSaysAndStays(ANNAS.sound(STEPS));
                RunningServer server = serverWith(anna)) {
            CallReport report = askingForAPerson(server).hangUp().run();

            assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.CALLER);
            assertThat(anna.ended())
                    .isInstanceOfSatisfying(
                            SipCallEvent.HungUp.class,
                            end -> assertThat(end.by()).isEqualTo(Party.REMOTE));
            JsonNode call = recordOfTheLastCall(server.api());
            assertThat(call.get("endReason").asString()).isEqualTo("transferred");
        }
    }

    @Test
    void theAgentOffersToTakeAMessageWhenThePersonIsBusy() throws IOException {
        try (PersonTelephone anna = PersonTelephone.thatIsBusy();
                RunningServer server = serverWith(anna)) {
            CallReport report = calling(server, "reception")
                    .say(REQUEST, Voice.FLITE_RMS.says(REQUEST))
                    .stay(Duration.ofSeconds(4))
                    .run()
                    .recognisedBy(Ears::hear);

            assertThat(anna.called()).isEqualTo(1);
            assertThatHeard(report.agentWords()).containsInOrder("connecting you sorry busy take message");
            JsonNode call = recordOfTheLastCall(server.api());
            assertThat(call.get("endReason").asString()).isEqualTo("caller_hung_up");
        }
    }
}
