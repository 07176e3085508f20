package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up processes; and one real one. */
class ProcFolderTest {

    @TempDir
    Path proc;

    private ProcFolder folder;

    @BeforeEach
    void processes() throws IOException {
        folder = new ProcFolder(proc);
        process(1, 0, 1_000, 1_000, 0, 0);
        process(50, 1, 100, 20, 3, 1);
        process(51, 50, 10, 5, 0, 0);
        process(52, 51, 7, 0, 2, 0);
        process(60, 1, 500, 500, 0, 0);
        Files.writeString(proc.resolve("stat"), """
                cpu  100 5 30 900 40 1 2 3 7 7
                cpu0 50 2 15 450 20 1 1 1 3 3
                cpu1 50 3 15 450 20 0 1 2 4 4
                intr 12345
                """);
    }

    @Test
    void theTimeOfAllDescendantsCountsAlsoOfThoseThatHaveEnded() throws IOException {
        // 124 of the process and its ended children, 15 of its child, 9 of its grandchild; a tick is 10 ms
        assertThat(folder.cpuMillis(50)).isEqualTo(1_480);
        assertThat(folder.cpuMillisAlone(50)).isEqualTo(1_200);
    }

    @Test
    void aChildThatEndsTakesNothingWithIt() throws IOException {
        long before = folder.cpuMillis(50);
        remove(52);
        process(51, 50, 10, 5, 9, 0); // its parent has waited for it
        assertThat(folder.cpuMillis(50)).isEqualTo(before);
    }

    @Test
    void otherProcessesDoNotCount() throws IOException {
        process(61, 60, 9_999, 0, 0, 0);
        assertThat(folder.cpuMillis(50)).isEqualTo(1_480);
    }

    @Test
    void aProcessThatIsNotThereIsTold() {
        assertThatThrownBy(() -> folder.cpuMillis(99))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }

    @Test
    void theMachineIsBusyWithAllButIdlingAndWaitingForDisks() throws IOException {
        assertThat(folder.busyMillis()).isEqualTo((100 + 5 + 30 + 1 + 2 + 3) * 10L);
        assertThat(folder.processors()).isEqualTo(2);
    }

    @Test
    void memoryThatIsSharedIsDividedAmongThoseThatShareIt() throws IOException {
        Files.writeString(proc.resolve("50/smaps_rollup"), "Rss:  900 kB\nPss:  500 kB\n");
        Files.writeString(proc.resolve("51/smaps_rollup"), "Rss:  900 kB\nPss:   20 kB\n");
        assertThat(folder.memoryBytes(50)).isEqualTo(520 * 1_024);
    }

    @Test
    void theCollectorIsReadFromTheCommandLineOrTheEnvironment() throws IOException {
        Files.writeString(proc.resolve("50/cmdline"), "java\0-XX:+UseZGC\0-cp\0x\0");
        Files.writeString(proc.resolve("50/environ"), "HOME=/\0");
        assertThat(folder.collector(50)).isEqualTo("ZGC");
        Files.writeString(proc.resolve("50/cmdline"), "java\0-cp\0x\0");
        assertThat(folder.collector(50)).isEqualTo("default");
        Files.writeString(proc.resolve("50/environ"), "HOME=/\0JDK_JAVA_OPTIONS=-Xmx1g -XX:+UseSerialGC\0");
        assertThat(folder.collector(50)).isEqualTo("SerialGC");
        assertThat(folder.collector(51)).isEqualTo("unknown");
    }

    @Test
    void aRealChildsTimeIsFoundOnThisMachine() throws Exception {
        ProcFolder real = new ProcFolder();
        long self = ProcessHandle.current().pid();
        long before = real.cpuMillis(self) - real.cpuMillisAlone(self);
        Process child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(real.cpuMillis(self) - real.cpuMillisAlone(self) - before).isGreaterThanOrEqualTo(20);
    }

    private void process(long pid, long parent, long user, long system, long childUser, long childSystem)
            throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (a name) with) S " + parent + " 1 1 0 -1 4194560 1 2 3 4 " + user + " " + system + " "
                        + childUser + " " + childSystem + " 20 0 5 0 100 1000 200\n");
    }

    private void remove(long pid) throws IOException {
        try (Stream<Path> files = Files.walk(proc.resolve(Long.toString(pid)))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
