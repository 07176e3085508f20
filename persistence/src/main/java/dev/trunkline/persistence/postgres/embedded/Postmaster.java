package dev.trunkline.persistence.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A running server process, known by its number and by the cluster that it works in. A number alone is never believed: after
 * a reboot or in another container it may be anybody's, so each signal goes only to a process that works in our folder (its
 * current directory, on Linux) or runs our program (elsewhere).
 */
final class Postmaster {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration FORCED = Duration.ofSeconds(5);
    private static final boolean LINUX = Files.isDirectory(Path.of("/proc/self"));

    private final long pid;
    private final Path data;
    private final ServerAccount account;

    Postmaster(long pid, Path data, ServerAccount account) {
        this.pid = pid;
        this.data = data;
        this.account = account;
    }

    /**
     * What a server writes about itself into {@code postmaster.pid}.
     *
     * @param pid its number
     * @param port where it listens; 0 if not written yet
     * @param ready whether it takes connections
     */
    record PidFile(long pid, int port, boolean ready) {

        static Optional<PidFile> read(Path data) throws IOException {
            List<String> lines;
            try {
                lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            try {
                return Optional.of(new PidFile(
                        lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip()),
                        lines.size() < 4 ? 0 : Integer.parseInt(lines.get(3).strip()),
                        lines.size() >= 8 && lines.get(7).strip().equals("ready")));
            } catch (NumberFormatException e) {
                // torn by a crash of the machine: names nobody
                return Optional.of(new PidFile(0, 0, false));
            }
        }
    }

    /** Every live server process that works in the cluster, its children included. Empty where this can't be known. */
    static List<Postmaster> workingIn(Path data, ServerAccount account) throws IOException, InterruptedException {
        List<Postmaster> found = new ArrayList<>();
        if (!LINUX) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                Postmaster candidate = new Postmaster(pid, data, account);
                if (stat(pid).contains("(postgres)") && candidate.isAlive()) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    long pid() {
        return pid;
    }

    /** Whether the process lives and is a server of our cluster. */
    boolean isAlive() throws InterruptedException {
        if (pid <= 1) {
            return false;
        }
        if (!LINUX) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(p -> p.info().command())
                    .filter(program -> program.startsWith(data.getParent() + "/"))
                    .isPresent();
        }
        String stat = stat(pid);
        // pid (comm) state ...; the name may hold spaces and brackets. Z and X are dead, only not yet buried
        int state = stat.lastIndexOf(") ") + 2;
        return state > 1
                && state < stat.length()
                && "ZX".indexOf(stat.charAt(state)) < 0
                && data.toString().equals(workingDirectory());
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private String workingDirectory() throws InterruptedException {
        String link = "/proc/" + pid + "/cwd";
        try {
            return Files.readSymbolicLink(Path.of(link)).toString();
        } catch (IOException refused) {
            // root of a container may not look into another user's process; that user may
            try {
                return account.run("readlink", link).output().strip();
            } catch (IOException e) {
                return "";
            }
        }
    }

    /**
     * Ends it: fast shutdown (connections are cut, everything is written), after the limit at once (recovery at the next
     * start), and at last by force.
     *
     * @return whether it ended in order
     */
    boolean stop(Duration limit) throws IOException, InterruptedException {
        signal("INT");
        // one that is suspended hears nothing until it goes on
        signal("CONT");
        if (awaitEnd(limit)) {
            return true;
        }
        signal("QUIT");
        if (!awaitEnd(FORCED)) {
            signal("KILL");
            awaitEnd(FORCED);
        }
        return false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (isAlive()) {
            account.run("sh", "-c", "kill -s " + name + " " + pid);
        }
    }

    private boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }
}
