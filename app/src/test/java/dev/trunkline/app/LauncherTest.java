package dev.trunkline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a JDK that only tells how it was called. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path home;
    private Path jdk;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        Files.copy(Path.of("..", "trunkline"), home.resolve("trunkline"));
        Files.setPosixFilePermissions(home.resolve("trunkline"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(home.resolve("pom.xml"), "<version>1.2.3</version>\n");
        Files.createDirectories(home.resolve("weights/target/files"));
        Files.createDirectories(home.resolve("app/target/trunkline/lib"));
        Files.writeString(home.resolve("app/target/trunkline/built"), "");
        Files.setLastModifiedTime(
                home.resolve("app/target/trunkline/built"),
                FileTime.from(Instant.now().plusSeconds(60)));
        jdk = jdk("new", "25.0.1");
    }

    @Test
    void itRunsTheServerOfItsOwnFolderFromAnywhere() throws Exception {
        String said = run(folder, Map.of(), home.resolve("trunkline"), "run");

        assertThat(said)
                .contains("[-cp] [" + home.toRealPath() + "/app/target/trunkline/lib/*] [dev.trunkline.app.Main] [run]")
                .contains("[-Dtrunkline.models.dir=" + home.toRealPath() + "/weights/target/files]")
                .contains("[--enable-native-access=ALL-UNNAMED]")
                .contains("[--sun-misc-unsafe-memory-access=allow]");
    }

    @Test
    void itFindsItsFolderThroughLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("home/trunkline"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);

        assertThat(run(folder, Map.of(), second, "run")).contains(home.toRealPath() + "/app/target/trunkline/lib/*");
    }

    @Test
    void theServerTakesTheLaunchersPlaceSoThatSignalsReachIt() throws Exception {
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho \"process $$\"\n");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("trunkline").toString(), "run");
        builder.environment().put("JAVA_HOME", jdk.toString());

        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(said).isEqualTo("process " + process.pid() + "\n");
    }

    @Test
    void whatStandsBehindTheCommandIsPassedOnAsItIs() throws Exception {
        assertThat(run(folder, Map.of(), home.resolve("trunkline"), "call", "--say", "two words  and 'quotes'"))
                .contains("[call] [--say] [two words  and 'quotes']");
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        Path old = jdk("old", "17.0.12");

        String said = run(
                folder,
                Map.of("JAVA_HOME", old.toString(), "PATH", jdk + "/bin:" + System.getenv("PATH")),
                home.resolve("trunkline"),
                "run");

        assertThat(said).startsWith("new ");
    }

    @Test
    void aHeapOrCollectorOfTheUsersChoiceIsKept() throws Exception {
        assertThat(run(
                        folder,
                        Map.of("JDK_JAVA_OPTIONS", "-Xmx2g -XX:+UseParallelGC"),
                        home.resolve("trunkline"),
                        "run"))
                .doesNotContain("-Xmx")
                .doesNotContain("ZGC");
    }

    @Test
    void sourcesThatAreNewerThanTheProgramAreBuiltFirst() throws Exception {
        Path source =
                Files.createDirectories(home.resolve("core/src/main/java")).resolve("A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));
        Path tools = Files.createDirectories(folder.resolve("tools"));
        script(tools.resolve("mvn"), "#!/bin/sh\necho \"maven with $JAVA_HOME: $*\" >&2\n");
        script(tools.resolve("node"), "#!/bin/sh\n");

        String said =
                run(folder, Map.of("PATH", tools + ":" + System.getenv("PATH")), home.resolve("trunkline"), "run");

        assertThat(said).contains("maven with " + jdk).contains("package").contains("[dev.trunkline.app.Main]");
    }

    @Test
    void testsThatAreNewerThanTheProgramAreNoReasonToBuild() throws Exception {
        Path source =
                Files.createDirectories(home.resolve("core/src/test/java")).resolve("A.java");
        Files.writeString(source, "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(120)));

        assertThat(run(folder, Map.of(), home.resolve("trunkline"), "run")).doesNotContain("Building");
    }

    @Test
    void helpTellsTheCommandsAndAMistakeToo() throws Exception {
        assertThat(run(folder, Map.of(), home.resolve("trunkline"), "help")).contains("run ", "test ", "call ");
        assertThat(run(folder, Map.of(), home.resolve("trunkline"), "dance")).contains("there is no command dance");
    }

    private Path jdk(String name, String version) throws IOException {
        Path made = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(made.resolve("bin/java"), "#!/bin/sh\nprintf '" + name + " '\nprintf '[%s] ' \"$@\"\n");
        script(made.resolve("bin/javac"), "#!/bin/sh\n");
        return made;
    }

    private static void script(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Path in, Map<String, String> environment, Path launcher, String... arguments) throws Exception {
        Map<String, String> with = new HashMap<>(Map.of("JAVA_HOME", jdk.toString()));
        with.putAll(environment);
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(in.toFile()).redirectErrorStream(true).environment().putAll(with);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
