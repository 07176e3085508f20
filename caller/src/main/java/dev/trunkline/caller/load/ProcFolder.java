package dev.trunkline.caller.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux tells of processes in {@code /proc} (proc(5)): the CPU time and memory of a process with all its descendants,
 * and how busy the whole machine was. Stateless, for all threads.
 */
final class ProcFolder {

    /** USER_HZ: the unit of all times in {@code stat}, on every Linux architecture that has a JDK. */
    private static final long MILLIS_A_TICK = 10;

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+GC)\\b");

    private record Stat(long pid, long parent, long ticks) {}

    private final Path proc;

    /** That of this machine. */
    ProcFolder() {
        this(Path.of("/proc"));
    }

    /** One of that form. */
    ProcFolder(Path proc) {
        this.proc = proc;
    }

    /** Whether there is one. */
    boolean exists() {
        return Files.isReadable(proc.resolve("stat"));
    }

    /**
     * The CPU time of a process and its descendants, user and system, in milliseconds: of those that live, and of those that
     * ended and were waited for by one that lives. So it never falls while the process lives.
     *
     * @throws IOException if the process is not there
     */
    long cpuMillis(long pid) throws IOException {
        return tree(pid).stream().mapToLong(Stat::ticks).sum() * MILLIS_A_TICK;
    }

    /** The CPU time of a process without its descendants, in milliseconds. */
    long cpuMillisAlone(long pid) throws IOException {
        String line = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
        return ticks(line, 11, 12) * MILLIS_A_TICK;
    }

    /** How many processors the machine has. */
    int processors() throws IOException {
        return (int) Files.readAllLines(proc.resolve("stat")).stream()
                .filter(line -> line.matches("cpu\\d+ .*"))
                .count();
    }

    /**
     * The memory that a process and its descendants hold, in bytes: what several share is divided among them.
     *
     * @throws IOException if the process is not there
     */
    long memoryBytes(long pid) throws IOException {
        return tree(pid).stream().mapToLong(member -> share(member.pid())).sum();
    }

    /** The CPU time that all processors together have not idled since the machine began, in milliseconds. */
    long busyMillis() throws IOException {
        String[] fields = Files.readAllLines(proc.resolve("stat")).getFirst().split("\\s+");
        long ticks = 0;
        for (int i = 1; i < Math.min(fields.length, 9); i++) {
            // 4 idle, 5 waiting for a disk; 9 and 10 are parts of 1 and 2
            ticks += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * MILLIS_A_TICK;
    }

    /**
     * The garbage collector that a Java process was told to use, by its command line or by JDK_JAVA_OPTIONS; "default" if
     * there is none.
     */
    String collector(long pid) {
        try {
            for (String file : List.of("cmdline", "environ")) {
                Matcher matcher = COLLECTOR.matcher(
                        Files.readString(proc.resolve(Long.toString(pid)).resolve(file)));
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
        } catch (IOException e) {
            return "unknown";
        }
        return "default";
    }

    private long share(long pid) {
        try {
            for (String line :
                    Files.readAllLines(proc.resolve(Long.toString(pid)).resolve("smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D+", "")) * 1_024;
                }
            }
        } catch (IOException e) {
            // it has ended meanwhile
            return 0;
        }
        return 0;
    }

    private List<Stat> tree(long root) throws IOException {
        Map<Long, List<Stat>> children = new HashMap<>();
        Deque<Stat> open = new ArrayDeque<>();
        for (Stat process : processes()) {
            children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                    .add(process);
            if (process.pid() == root) {
                open.add(process);
            }
        }
        if (open.isEmpty()) {
            throw new IOException("there is no process " + root);
        }
        List<Stat> tree = new ArrayList<>();
        for (Stat process = open.poll(); process != null; process = open.poll()) {
            tree.add(process);
            open.addAll(children.getOrDefault(process.pid(), List.of()));
        }
        return tree;
    }

    private List<Stat> processes() throws IOException {
        List<Stat> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                try {
                    all.add(stat(Files.readString(folder.resolve("stat"))));
                } catch (IOException e) {
                    // it has ended meanwhile
                }
            }
        }
        return all;
    }

    /** Fields 1, 4 and 14 to 17 of proc(5): pid, ppid, utime, stime, cutime, cstime. */
    private static Stat stat(String line) {
        long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
        return new Stat(pid, Long.parseLong(fields(line)[1]), ticks(line, 11, 14));
    }

    private static long ticks(String line, int first, int last) {
        String[] fields = fields(line);
        long ticks = 0;
        for (int i = first; i <= last; i++) {
            ticks += Long.parseLong(fields[i].strip());
        }
        return ticks;
    }

    /** From field 3 on: the name of the command before it, in parentheses, may hold blanks and parentheses. */
    private static String[] fields(String line) {
        return line.substring(line.lastIndexOf(')') + 2).split(" ");
    }
}
