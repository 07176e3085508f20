package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.server.SharedServer;
import dev.trunkline.caller.CallInProgress;
import dev.trunkline.caller.report.CallReport;
import dev.trunkline.caller.report.CallTurn;
import dev.trunkline.caller.signalling.SipLine;
import dev.trunkline.caller.sound.Signature;
import dev.trunkline.caller.sound.SignatureReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Twenty telephones at once, each with tones of its own. */
@ExtendWith(SharedServer.class)
class ManyCallsTest {

    private static final int CALLS = 20;
    private static final int STEPS = 60;

    private final RunningServer server;

    ManyCallsTest(RunningServer server) {
        this.server = server;
    }

    @Test
    void everybodyHearsTheirOwnSoundAndNothingElse() {
        List<CallReport> reports = new ArrayList<>();
        try (SipLine line = SipLine.towards(server.address("echo"))) {
            List<CallInProgress> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(calling(server, "echo")
                        .over(line)
                        .say("tones", signature(i).sound(STEPS))
                        .patience(Duration.ofSeconds(20))
                        .stay(Duration.ofMillis(400))
                        .maxDuration(Duration.ofSeconds(45))
                        .start());
            }
            calls.forEach(call -> reports.add(call.await()));
        }
        for (int i = 0; i < CALLS; i++) {
            CallReport report = reports.get(i);
            assertThat(report.answered()).as("call %d: %s", i, report.outcome()).isTrue();
            SignatureReading reading = signature(i).read(echo(report));
            assertThat(reading.foreigners())
                    .as("foreign signatures in call %d", i)
                    .isEmpty();
            assertThat(reading.steps()).as("call %d: %s", i, reading).isGreaterThanOrEqualTo(STEPS - 3);
            assertThat(reading.skipped() + reading.repeated())
                    .as("call %d: %s", i, reading)
                    .isLessThanOrEqualTo(2);
            assertThat(report.traffic().received().lost()).isZero();
            assertThat(report.traffic().received().sources()).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        server.api().json("/health").get("calls").get("active").asInt() == 0);
    }

    private static Signature signature(int call) {
        return Signature.of(call * 9);
    }

    /** What was heard while the tones were on the way; the greeting lies before. */
    private static short[] echo(CallReport report) {
        CallTurn tones = report.callerTurns().getFirst();
        short[] heard = report.heard().toPcm();
        int from = (int) (tones.start().toMillis() * 8);
        int to = (int) Math.min(heard.length, (tones.end().toMillis() + 300) * 8);
        return Arrays.copyOfRange(heard, from, to);
    }
}
