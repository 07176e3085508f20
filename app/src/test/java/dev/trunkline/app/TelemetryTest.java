package dev.trunkline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TelemetryTest {

    /** Tells what the C library's environment says, as ONNX Runtime reads it: by starting a program that shows it. */
    static final class Probe {
        public static void main(String[] arguments) throws Exception {
            Telemetry.off();
            var linker = java.lang.foreign.Linker.nativeLinker();
            var system = linker.downcallHandle(
                    linker.defaultLookup().find("system").orElseThrow(),
                    java.lang.foreign.FunctionDescriptor.of(
                            java.lang.foreign.ValueLayout.JAVA_INT, java.lang.foreign.ValueLayout.ADDRESS));
            try (var arena = java.lang.foreign.Arena.ofConfined()) {
                int ignored = (int) system.invokeWithArguments(arena.allocateFrom("printenv ORT_DISABLE_TELEMETRY"));
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessTellsOnnxRuntimeToReportNothingEvenIfTheLauncherDidNot() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Path.of("target", "classes") + ":" + Path.of("target", "test-classes"),
                Probe.class.getName());
        builder.environment().remove("ORT_DISABLE_TELEMETRY");

        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).isEqualTo("1");
    }
}
