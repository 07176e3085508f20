package dev.trunkline.acceptance.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The server in a process of its own: free ports, a data folder of its own under {@code target}, its output in a file there.
 * Closing stops it by its process id, and what it left running (its PostgreSQL, after a kill). Used by one thread.
 */
public final class RunningServer implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration READY = Duration.ofSeconds(180);
    private static final Duration STOPPED = Duration.ofSeconds(30);
    private static final Pattern DIAL = Pattern.compile("Dial\\s+(sip:reception@(\\S+))");
    private static final int RTP_PORTS = 400;
    private static final AtomicInteger NEXT_RTP =
            new AtomicInteger(30_000 + (int) (ProcessHandle.current().pid() % 8) * 800);

    private final Path folder;
    private final Map<String, String> settings;
    private @Nullable Process process;
    private @Nullable Path log;

    private RunningServer(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /** A server with the usual settings on free ports, ready for calls. */
    public static RunningServer start() {
        return start(Map.of());
    }

    /**
     * A server with settings of its own, ready for calls.
     *
     * @param more by the names of the environment, such as {@code TRUNKLINE_MAX_CALLS}
     */
    public static RunningServer start(Map<String, String> more) {
        RunningServer server = prepare(more);
        try {
            server.launch();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** A server that is not started yet. */
    public static RunningServer prepare(Map<String, String> more) {
        Path folder = Path.of("target", "servers", "server-" + NUMBER.incrementAndGet())
                .toAbsolutePath();
        empty(folder);
        Map<String, String> settings = new TreeMap<>();
        settings.put("TRUNKLINE_SIP_PORT", Integer.toString(FreePorts.udpAndTcp()));
        settings.put("TRUNKLINE_HTTP_PORT", Integer.toString(FreePorts.tcp()));
        int rtp = NEXT_RTP.getAndAdd(RTP_PORTS);
        settings.put("TRUNKLINE_RTP_PORTS", rtp + "-" + (rtp + RTP_PORTS - 1));
        settings.put("TRUNKLINE_DATA_DIR", folder.resolve("data").toString());
        settings.put("TRUNKLINE_DRAIN_SECONDS", "3");
        settings.putAll(more);
        if (settings.containsKey("TRUNKLINE_SIP_TLS_CERTIFICATE")) {
            settings.put("TRUNKLINE_SIP_TLS_PORT", Integer.toString(FreePorts.tcp()));
        }
        return new RunningServer(folder, settings);
    }

    /** What an earlier run left would be found in the record. */
    private static void empty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until it says that it is ready. */
    public void launch() {
        Process started = spawn();
        try {
            Awaitility.await()
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !started.isAlive() || output().contains("is ready."));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the server was not ready within " + READY.toSeconds() + " s:\n" + tail(), e);
        }
        if (!started.isAlive()) {
            throw new AssertionError("the server ended with " + started.exitValue() + ":\n" + tail());
        }
    }

    /** Starts it and waits for its end. */
    public int launchAndFail() {
        return ended(spawn(), READY);
    }

    private Process spawn() {
        Process before = process;
        if (before != null && before.isAlive()) {
            throw new IllegalStateException("it runs already");
        }
        try {
            Files.createDirectories(folder);
            Path output = folder.resolve("server-" + System.nanoTime() + ".log");
            log = output;
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx600m");
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("-Dtrunkline.models.dir="
                    + Path.of(System.getProperty("trunkline.models.dir")).toAbsolutePath());
            command.add("dev.trunkline.app.Main");
            command.add("run");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
            builder.environment().putAll(settings);
            // not as an option: ONNX Runtime reads the command line with a regular expression that a long one overflows
            builder.environment().put("CLASSPATH", classPath());
            Process started = builder.start();
            process = started;
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without this project's test classes: the server must not find them. */
    private static String classPath() {
        List<String> kept = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean tests = entry.endsWith("test-classes") || entry.endsWith("test-classes" + File.separator);
            if (!tests) {
                kept.add(Path.of(entry).toAbsolutePath().toString());
            }
        }
        return String.join(File.pathSeparator, kept);
    }

    /** What to dial for that agent. */
    public String address(String agent) {
        return "sip:" + agent + "@127.0.0.1:" + sipPort();
    }

    /** Its SIP port. */
    public int sipPort() {
        return Integer.parseInt(settings.getOrDefault("TRUNKLINE_SIP_PORT", "0"));
    }

    /** What to dial for that agent over TCP. */
    public String addressByTcp(String agent) {
        return address(agent) + ";transport=tcp";
    }

    /** What to dial for that agent over TLS, if it has a certificate. */
    public String addressByTls(String agent) {
        return "sip:" + agent + "@127.0.0.1:" + settings.get("TRUNKLINE_SIP_TLS_PORT") + ";transport=tls";
    }

    /** Its HTTP port. */
    public int httpPort() {
        return Integer.parseInt(settings.getOrDefault("TRUNKLINE_HTTP_PORT", "0"));
    }

    /** What it tells by HTTP. */
    public CallsApi api() {
        return new CallsApi(httpPort());
    }

    /** What the server itself says is to be dialled. */
    public String printedAddress() {
        Matcher matcher = DIAL.matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("it printed nothing to dial:\n" + tail());
        }
        return matcher.group(1);
    }

    /** The process. */
    public ProcessHandle handle() {
        return running().toHandle();
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** All that it printed since its last start. */
    public String output() {
        Path file = log;
        try {
            return file == null || !Files.exists(file) ? "" : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of what it printed, for messages. */
    public String tail() {
        List<String> lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /** The record of the newest call, for messages. */
    public String newestCallIfAny() {
        try {
            return api().newestCall().toPrettyString();
        } catch (RuntimeException | AssertionError e) {
            return "not known: " + e;
        }
    }

    /** Sends SIGTERM, and does not wait. */
    public void terminate() {
        running().destroy();
    }

    /** Waits for its end and tells its exit code. */
    public int waitForEnd(Duration patience) {
        return ended(running(), patience);
    }

    /** Sends SIGKILL and waits until it is gone. */
    public void kill() {
        running().destroyForcibly();
        ended(running(), Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null && running.isAlive()) {
            running.destroy();
            if (!endedWithin(running, STOPPED)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
                endedWithin(running, Duration.ofSeconds(10));
            }
        }
        stopOrphans();
    }

    /** A PostgreSQL whose server was killed lives on; it is ours if its pid file lies in our folder. */
    private void stopOrphans() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.endsWith("postmaster.pid")).toList()) {
                long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
                ProcessHandle.of(pid)
                        .filter(p -> p.info().command().orElse("").contains("postgres"))
                        .ifPresent(ProcessHandle::destroy);
            }
        } catch (IOException | RuntimeException e) {
            // its folder is being taken down by the server itself
            System.err.println("looking for what the server left: " + e);
        }
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("it was never started");
        }
        return running;
    }

    private int ended(Process running, Duration patience) {
        if (!endedWithin(running, patience)) {
            throw new AssertionError("the server did not end within " + patience.toSeconds() + " s:\n" + tail());
        }
        return running.exitValue();
    }

    private static boolean endedWithin(Process running, Duration patience) {
        try {
            return running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
