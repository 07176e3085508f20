package dev.trunkline.app.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.trunkline.app.config.Accounts;
import dev.trunkline.app.config.CallRules;
import dev.trunkline.app.config.Configuration;
import dev.trunkline.app.config.Digits;
import dev.trunkline.app.config.Doors;
import dev.trunkline.app.config.LogFormat;
import dev.trunkline.app.config.LogLevel;
import dev.trunkline.app.config.PortRange;
import dev.trunkline.app.config.RecognitionModel;
import dev.trunkline.app.config.Secret;
import dev.trunkline.app.config.Signalling;
import dev.trunkline.app.config.SpeechChoice;
import dev.trunkline.app.config.TransferChoice;
import dev.trunkline.app.health.Health;
import dev.trunkline.media.codec.Codecs;
import dev.trunkline.persistence.memory.InMemorySessionStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with everything that belongs to it: real models, real sockets, a real database. */
class EngineTest {

    private static final Path MODELS = Path.of(System.getProperty("trunkline.models.dir", "../weights/target/files"));

    @TempDir
    Path folder;

    @Test
    void everyPartComesUpAndADrainingEngineSaysSo() throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (Engine engine = Engine.start(settings(MODELS, freePort()), new InMemorySessionStore(), metrics)) {
            assertThat(engine.health().status()).isIn(Health.Status.STARTING, Health.Status.UP);
            assertThat(engine.dialAddress()).matches("sip:reception@127\\.0\\.0\\.1:\\d+");
            assertThat(engine.agentsDescription())
                    .containsExactly("echo (scenario:echo)", "reception (scenario:reception)");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(engine.health())
                            .satisfies(health -> assertThat(health.status()).isEqualTo(Health.Status.UP))
                            .satisfies(health -> assertThat(health.parts())
                                    .allMatch(part -> part.state().name().equals("UP"))));
            assertThat(engine.calls().newest(10, null).complete()).isTrue();
            assertThat(metrics.get("trunkline.calls.active").gauge().value()).isZero();

            engine.drain(Duration.ZERO);
            assertThat(engine.health().status()).isEqualTo(Health.Status.DRAINING);
        }
    }

    @Test
    void aTakenSipPortIsToldWithTheSettingToChange() throws SocketException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> Engine.start(
                            settings(MODELS, taken.getLocalPort()),
                            new InMemorySessionStore(),
                            new SimpleMeterRegistry()))
                    .withMessageContaining("SIP port " + taken.getLocalPort())
                    .withMessageContaining("TRUNKLINE_SIP_PORT");
        }
    }

    @Test
    void modelsThatAreNotThereAreToldWithTheSettingToChange() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Engine.start(
                        settings(folder, freePort()), new InMemorySessionStore(), new SimpleMeterRegistry()))
                .withMessageContaining("TRUNKLINE_MODELS_DIR");
    }

    private Configuration settings(Path models, int sipPort) {
        return new Configuration(
                "node",
                folder.resolve("data"),
                new Configuration.Network(
                        InetAddress.getLoopbackAddress(),
                        null,
                        sipPort,
                        new PortRange(41_000, 41_100),
                        Signalling.STANDARD),
                new Configuration.Web(InetAddress.getLoopbackAddress(), 1),
                new Configuration.Log(LogFormat.TEXT, LogLevel.INFO),
                new Configuration.Calls(10, Duration.ZERO),
                new Configuration.Reception("", null, null),
                new Configuration.Database("", "", Secret.NONE, 0, 1),
                new Configuration.Models(models, RecognitionModel.TINY, 2, SpeechChoice.LOCAL),
                1,
                Accounts.NONE,
                Doors.NONE,
                new CallRules(TransferChoice.BRIDGE, List.of(), Duration.ofMinutes(30)),
                Codecs.all(),
                Digits.STANDARD);
    }

    private static int freePort() throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
