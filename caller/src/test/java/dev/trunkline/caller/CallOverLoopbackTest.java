package dev.trunkline.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.caller.network.Impairments;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.CallTurn;
import dev.trunkline.caller.signalling.SipLine;
import dev.trunkline.caller.sound.Delay;
import dev.trunkline.caller.sound.Signature;
import dev.trunkline.caller.sound.SignatureReading;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real SIP and RTP on the loopback interface, against a far side of a few lines. */
class CallOverLoopbackTest {

    private static final AudioChunk QUESTION = Signature.of(1).sound(8);

    private FarSide farSide;

    @BeforeEach
    void answerCalls() throws Exception {
        farSide = new FarSide();
    }

    @AfterEach
    void stop() {
        farSide.close();
    }

    private ScriptedCaller calling(String user) {
        return ScriptedCaller.to(farSide.address(user)).patience(Duration.ofSeconds(2));
    }

    @Test
    void twoQuestionsAreAskedAndAnswered() {
        CallReport report =
                calling("agent").say("one", QUESTION).say("two", QUESTION).run();

        assertThat(report.answered()).isTrue();
        assertThat(report.turns())
                .extracting(t -> t.speaker() == CallTurn.Speaker.AGENT ? "agent" : t.words())
                .containsExactly("agent", "one", "agent", "two", "agent");
        assertThat(report.latencies())
                .hasSize(2)
                .allSatisfy(latency -> assertThat(latency).isBetween(Duration.ofMillis(380), Duration.ofMillis(550)));
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.CALLER);
        assertThat(report.unsaid()).isEmpty();
        assertThat(report.traffic().received().lost()).isZero();
        assertThat(report.traffic().sent().packets()).isEqualTo(report.length().toMillis() / 20 + 1);
        assertThat(Signature.of(9).read(report.heard().toPcm()).own()).isGreaterThan(100);
    }

    @Test
    void aTargetThatAsksForTcpIsCalledByTcp() {
        CallReport report = ScriptedCaller.to(farSide.address("agent") + ";transport=tcp")
                .patience(Duration.ofSeconds(2))
                .say("one", QUESTION)
                .run();

        assertThat(report.answered()).isTrue();
        assertThat(report.latencies()).hasSize(1);
        assertThat(farSide.connectionsTaken()).isEqualTo(1);
    }

    @Test
    void theAgentHangsUpAndTheRestStaysUnsaid() {
        CallReport report =
                calling("rude").say("one", QUESTION).say("two", QUESTION).run();

        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.AGENT);
        assertThat(report.unsaid()).endsWith("two");
        assertThat(report.length()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void nobodyOfThatName() {
        CallReport report = calling("nobody").say("one", QUESTION).run();

        assertThat(report.answered()).isFalse();
        assertThat(report.code()).isEqualTo(404);
    }

    @Test
    void codecsThatTheFarSideDoesNotKnowAreRefused() {
        assertThat(calling("agent").codecs(18).run().code()).isEqualTo(488);
    }

    @Test
    void aLawGoesOutIfOnlyALawIsOffered() {
        CallReport report = calling("agent").codecs(8).run();

        assertThat(report.answered()).isTrue();
        assertThat(farSide.payloadTypes).containsOnly(8);
    }

    @Test
    void anAgentThatSaysNothingIsNoticed() {
        CallReport report = calling("deaf")
                .patience(Duration.ofMillis(300))
                .say("anybody there", QUESTION)
                .run();

        assertThat(report.agentTurns()).isEmpty();
        assertThat(report.callerTurns()).extracting(CallTurn::unanswered).containsExactly(true);
    }

    @Test
    void keysGoByEventsOrByInfo() {
        CallReport report = calling("agent").keys("4").infoKeys("2#").run();

        assertThat(report.callerTurns()).extracting(CallTurn::words).containsExactly("[keys 4]", "[keys 2#]");
        assertThat(farSide.infoKeys).containsExactly("2", "#");
    }

    @Test
    void aCallCanBeWatchedAndHungUpFromOutside() {
        CallInProgress call = calling("agent").stay(Duration.ofMinutes(1)).start();
        await().until(call::agentSpeaking);
        call.hangUp();

        CallReport report = call.await();
        assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.CALLER);
        assertThat(report.length()).isLessThan(Duration.ofSeconds(3));
        assertThat(call.agentHeard()).isTrue();
    }

    @Test
    void manyCallersEachHearThemselvesAlone() {
        List<CallInProgress> calls = new ArrayList<>();
        List<Signature> signatures = new ArrayList<>();
        try (SipLine line = SipLine.towards(farSide.address("echo"))) {
            for (int i = 0; i < 12; i++) {
                Signature signature = Signature.of(i * 5);
                signatures.add(signature);
                calls.add(calling("echo")
                        .over(line)
                        .after(Duration.ofMillis(100))
                        .say("tones", signature.sound(20))
                        .start());
            }
            for (int i = 0; i < calls.size(); i++) {
                CallReport report = calls.get(i).await();
                SignatureReading reading = signatures.get(i).read(report.heard().toPcm());
                assertThat(reading.crossed())
                        .as("foreign signatures %s", reading.foreigners())
                        .isFalse();
                assertThat(reading.steps()).isEqualTo(20);
                assertThat(reading.skipped() + reading.repeated()).isZero();
                assertThat(Delay.between(report.said().toPcm(), report.heard().toPcm(), 4_000))
                        .isBetween(0, 400);
            }
        }
    }

    @Test
    void theNetworksFaultsReachTheFarSide() {
        CallReport report = calling("echo")
                .after(Duration.ZERO)
                .say("tones", Signature.of(3).sound(30))
                .impaired(new Impairments(10, 0, 0, 0, 5))
                .run();

        long lost = report.traffic().sent().lost();
        assertThat(lost).isGreaterThan(5);
        // what is lost before the first or after the last echo can't be seen here
        assertThat(report.traffic().received().lost()).isBetween(lost - 3, lost);
        assertThat(Signature.of(3).read(report.heard().toPcm()).foreign()).isZero();
    }
}
