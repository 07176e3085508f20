package dev.trunkline.caller.load;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The server under load, started for this run: on free ports, with stub speech services, its data in a folder that is deleted
 * afterwards. Closing stops it. Used by one thread.
 */
final class ServerChild implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration STOPPED = Duration.ofSeconds(30);
    private static final int FIRST_RTP = 10_000;

    /** Where systems begin to give out ports by themselves. */
    private static final int LAST_RTP = 32_000;

    private final Path folder;
    private final Path log;
    private final Process process;
    private final int sipPort;
    private final int httpPort;

    private ServerChild(Path folder, Path log, Process process, int sipPort, int httpPort) {
        this.folder = folder;
        this.log = log;
        this.process = process;
        this.sipPort = sipPort;
        this.httpPort = httpPort;
    }

    /**
     * Starts it and waits until it takes calls.
     *
     * @param command what starts a server
     * @param calls how many at once
     * @param ramp how many are placed a second
     * @param javaOptions for its JVM; may be empty
     * @throws IOException with what it printed, if it does not come up
     */
    static ServerChild start(List<String> command, int calls, int ramp, String javaOptions) throws IOException {
        Path folder = Files.createTempDirectory("trunkline-load-");
        Path log = folder.resolve("server.log");
        int sipPort = freeUdp();
        int httpPort = freeTcp();
        int rtpPorts = 4 * calls + 200;
        int firstRtp = ThreadLocalRandom.current().nextInt(FIRST_RTP, LAST_RTP - rtpPorts) & ~1;
        Map<String, String> settings = new TreeMap<>();
        settings.put("TRUNKLINE_SPEECH", "stub");
        settings.put("TRUNKLINE_SIP_PORT", Integer.toString(sipPort));
        settings.put("TRUNKLINE_HTTP_PORT", Integer.toString(httpPort));
        settings.put("TRUNKLINE_RTP_PORTS", firstRtp + "-" + (firstRtp + rtpPorts));
        settings.put("TRUNKLINE_DATA_DIR", folder.resolve("data").toString());
        settings.put("TRUNKLINE_MAX_CALLS", Integer.toString(calls + 10));
        settings.put("TRUNKLINE_SIP_LIMIT", Integer.toString(Math.max(100, 2 * ramp)));
        settings.put("TRUNKLINE_DRAIN_SECONDS", "1");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        if (!javaOptions.isBlank()) {
            builder.environment().put("JDK_JAVA_OPTIONS", javaOptions);
        }
        ServerChild child = new ServerChild(folder, log, builder.start(), sipPort, httpPort);
        try {
            child.awaitReady();
            return child;
        } catch (IOException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!Files.readString(log).contains("is ready.")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the server does not come up:\n" + Files.readString(log));
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Whom to call. */
    String target() {
        return "sip:stub@127.0.0.1:" + sipPort;
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + httpPort + "/");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS);
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.getLogger(ServerChild.class.getName())
                    .log(System.Logger.Level.WARNING, "the folder " + folder + " is left behind: " + e);
        }
    }

    private static int freeUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
