package dev.trunkline.acceptance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Somebody else's program in a process of its own, its output in a file of its folder. Closing ends that process and no other;
 * so does the end of this one. Used by one thread.
 */
public final class Program implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int TAIL = 40;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.atExit = new Thread(process::destroy, "end of " + name);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * A folder for what a program writes, below {@code target}; what an earlier run left in it is removed.
     *
     * @param name of the program
     */
    public static Path folder(String name) {
        Path folder = Path.of("target", "peers", name + "-" + NUMBER.incrementAndGet())
                .toAbsolutePath();
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts it.
     *
     * @param name for messages and the name of the log
     * @param debianPackage what to install if it is not there
     * @param folder where it runs and leaves its output
     * @param environment in addition to this process's
     */
    public static Program start(
            String name, String debianPackage, Path folder, Map<String, String> environment, List<String> command) {
        Path log = folder.resolve(name + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Program(name, builder.start(), log);
        } catch (IOException e) {
            throw new AssertionError(
                    name + " could not be started; is it installed? apt-get install " + debianPackage
                            + " (scripts/peers.sh does it)",
                    e);
        }
    }

    /** Waits until it is ready for use; fails with its output if it ends or takes too long. */
    public void awaitReady(BooleanSupplier ready) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive() || ready.getAsBoolean());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(name + " was not ready in time:\n" + tail(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its own end. */
    public int awaitEnd(Duration patience) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        throw new AssertionError(name + " did not end within " + patience.toSeconds() + " s:\n" + tail());
    }

    /** All that it printed. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of what it printed. */
    public String tail() {
        return tail(output());
    }

    /** The end of a text. */
    public static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the end has begun, and ends it too
        }
    }
}
