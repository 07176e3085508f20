package dev.trunkline.acceptance;

import static dev.trunkline.acceptance.Telephone.calling;
import static dev.trunkline.acceptance.word.Heard.assertThatHeard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.acceptance.server.RunningServer;
import dev.trunkline.acceptance.word.Ears;
import dev.trunkline.caller.CallInProgress;
import dev.trunkline.caller.report.CallReport;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the server comes and goes. */
class StartStopTest {

    private static final Pattern STARTED = Pattern.compile("calls are taken .*millis_since_start=\"?(\\d+)");

    @Test
    void aRunningCallIsToldGoodbyeAndANewOneIsRefusedWhenTheServerIsStopped() {
        try (RunningServer server = RunningServer.start(Map.of("TRUNKLINE_DRAIN_SECONDS", "4"))) {
            CallInProgress call =
                    calling(server, "reception").stay(Duration.ofMinutes(1)).start();
            await().atMost(Duration.ofSeconds(20)).until(() -> call.agentHeard() && !call.agentSpeaking());

            server.terminate();
            await().atMost(Duration.ofSeconds(4))
                    .until(() -> calling(server, "reception")
                                    .maxDuration(Duration.ofSeconds(1))
                                    .run()
                                    .code()
                            == 503);

            CallReport report = call.await().recognisedBy(Ears::hear);
            assertThat(report.endedBy()).isEqualTo(CallReport.EndedBy.AGENT);
            assertThatHeard(report.agentWords()).containsInOrder("hello goodbye");
            assertThat(server.waitForEnd(Duration.ofSeconds(20))).isZero();
        }
    }

    @Test
    void itTakesCallsSoonAfterItsStart() {
        try (RunningServer server = RunningServer.start()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> server.output().contains("web is served"));
            Matcher started = STARTED.matcher(server.output());

            assertThat(started.find()).as(server.tail()).isTrue();
            System.out.println("calls were taken " + started.group(1) + " ms after the start");
            // before the web and the database are there: on a quiet machine that is 3 s
            assertThat(started.start()).isLessThan(server.output().indexOf("web is served"));
            assertThat(server.printedAddress()).isEqualTo(server.address("reception"));
        }
    }

    @Test
    void aTakenSipPortIsOneLineThatNamesTheSetting() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningServer server =
                        RunningServer.prepare(Map.of("TRUNKLINE_SIP_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(server.launchAndFail()).isNotZero();
            complainsOnceAbout(server, "TRUNKLINE_SIP_PORT");
        }
    }

    @Test
    void aTakenHttpPortIsOneLineThatNamesTheSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningServer server =
                        RunningServer.prepare(Map.of("TRUNKLINE_HTTP_PORT", Integer.toString(taken.getLocalPort())))) {
            assertThat(server.launchAndFail()).isNotZero();
            complainsOnceAbout(server, "TRUNKLINE_HTTP_PORT");
        }
    }

    @Test
    void aMistypedSettingIsRefusedWithTheNearestOne() {
        try (RunningServer server = RunningServer.prepare(Map.of("TRUNKLINE_SIP_PROT", "5060"))) {
            assertThat(server.launchAndFail()).isNotZero();
            assertThat(server.output()).contains("TRUNKLINE_SIP_PROT").contains("TRUNKLINE_SIP_PORT");
        }
    }

    private static void complainsOnceAbout(RunningServer server, String setting) {
        assertThat(server.output().lines().filter(line -> line.contains(setting)))
                .as(server.tail())
                .hasSize(1);
        assertThat(server.output()).doesNotContain("\tat ").doesNotContain("Exception");
    }
}
