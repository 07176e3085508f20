package dev.trunkline.telephony.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of sipp, a SIP test tool that shares no line with us. */
final class Sipp implements AutoCloseable {

    private final Process process;
    private final Path folder;
    private final String scenario;
    private final int port;

    private Sipp(Process process, Path folder, String scenario, int port) {
        this.process = process;
        this.folder = folder;
        this.scenario = scenario;
        this.port = port;
    }

    private static String program() {
        for (String place : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path candidate = Path.of(place, "sipp");
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new AssertionError("sipp is not on the PATH: install the Debian package sip-tester");
    }

    /** A caller towards that port. */
    static Sipp calling(int target, String user, String scenario, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-s", user, "127.0.0.1:" + target));
        arguments.addAll(List.of(more));
        return start(scenario, arguments);
    }

    /** A telephone that waits for calls; over a stream it listens when this returns, for nobody knocks twice there. */
    static Sipp waiting(String scenario, String... more) throws IOException {
        List<String> arguments = List.of(more);
        Sipp telephone = start(scenario, arguments);
        if (arguments.contains("t1") || arguments.contains("l1")) {
            await().until(telephone::listens);
        }
        return telephone;
    }

    /** Looked up in the kernel's list: a connection as a trial would be sipp's only call. */
    private boolean listens() throws IOException {
        String local = "0100007F:%04X".formatted(port);
        try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .anyMatch(fields -> fields[1].equals(local) && fields[3].equals("0A"));
        }
    }

    private static Sipp start(String scenario, List<String> more) throws IOException {
        Path folder = Files.createTempDirectory("sipp");
        Path file = folder.resolve(scenario + ".xml");
        try (var in = Sipp.class.getResourceAsStream("/sipp/" + scenario + ".xml")) {
            assertThat(in).as(scenario).isNotNull();
            Files.write(file, in.readAllBytes());
        }
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                program(),
                "-sf",
                file.toString(),
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-nostdin",
                "-timeout",
                "30s",
                "-timeout_error",
                "-trace_err",
                "-error_file",
                folder.resolve("errors").toString()));
        if (!more.contains("-m")) {
            command.addAll(List.of("-m", "1"));
        }
        command.addAll(more);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        return new Sipp(process, folder, scenario, port);
    }

    /** Free for datagrams and for connections: a scenario may use either. */
    private static int freePort() throws IOException {
        for (int tries = 0; ; tries++) {
            try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    ServerSocket stream = new ServerSocket(probe.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return stream.getLocalPort();
            } catch (BindException e) {
                if (tries == 20) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    /** Waits for the end and fails with what sipp has to say. */
    void succeeds() throws Exception {
        boolean over = process.waitFor(40, TimeUnit.SECONDS);
        assertThat(over && process.exitValue() == 0)
                .as(() -> scenario + ": sipp ended with " + (over ? process.exitValue() : "nothing") + "\n"
                        + read("errors") + "\n" + read("output"))
                .isTrue();
    }

    private String read(String name) {
        try {
            Path file = folder.resolve(name);
            String text = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
            return text.length() > 6_000 ? text.substring(0, 6_000) : text;
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
