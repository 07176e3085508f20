package dev.trunkline.persistence.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {

    private static Path root = Path.of("/");
    private final List<Process> owners = new ArrayList<>();
    private Path data = Path.of("/");

    @BeforeAll
    static void makeRoot() throws IOException {
        root = Files.createTempDirectory("trunkline-postgres");
        // like an ordinary data folder: others may pass
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void removeRoot() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @BeforeEach
    void makeDataFolder() throws IOException {
        data = Files.createTempDirectory(root, "data");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        UnpackedPrograms.linkInto(data);
    }

    @AfterEach
    void endProcesses() throws Exception {
        for (Process owner : owners) {
            owner.destroyForcibly().waitFor();
        }
        List<Path> clusters;
        try (Stream<Path> files = Files.walk(data)) {
            clusters = files.filter(f -> Files.exists(f.resolve("PG_VERSION")) && f.endsWith("data"))
                    .toList();
        }
        for (Path cluster : clusters) {
            ServerAccount account = ServerAccount.choose("", cluster);
            for (Postmaster left : Postmaster.workingIn(cluster.toRealPath(), account)) {
                left.stop(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void theFirstStartMakesADatabaseAndTheSecondFindsItsData() throws Exception {
        unlinkPrograms();
        try (EmbeddedPostgres first = start()) {
            assertThat(first.adopted()).isFalse();
            execute(first, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('hello')");
        }
        assertThat(serversOf(data)).isEmpty();
        try (EmbeddedPostgres second = start()) {
            assertThat(second.adopted()).isFalse();
            assertThat(query(second, "SELECT word FROM kept")).isEqualTo("hello");
        }
    }

    @Test
    void aCommittedWriteIsOnDiskAndOnlyTheOwnerReadsThePassword() throws Exception {
        try (EmbeddedPostgres database = start()) {
            assertThat(query(database, "SHOW fsync")).isEqualTo("on");
            assertThat(query(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(database.folder().resolve("password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), database.user(), "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void theServerOfAKilledOwnerIsAdoptedWithItsData() throws Exception {
        Owner owner = new Owner();
        assertThat(owner.said()).startsWith("up ");
        long pid = Long.parseLong(owner.words()[1]);
        owner.kill();
        assertThat(ProcessHandle.of(pid).orElseThrow().isAlive()).isTrue();

        try (EmbeddedPostgres adopted = start()) {
            assertThat(adopted.adopted()).isTrue();
            assertThat(adopted.pid()).isEqualTo(pid);
            assertThat(query(adopted, "SELECT 'there'")).isEqualTo("there");
        }
        assertThat(serversOf(data)).isEmpty();
    }

    @Test
    void aSuspendedServerOfAKilledOwnerIsStoppedAndAnotherStarted() throws Exception {
        Owner owner = new Owner();
        long pid = Long.parseLong(owner.words()[1]);
        try (Connection connection = connect(Integer.parseInt(owner.words()[2]));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 'before the kill' AS word");
        }
        owner.kill();
        signal("STOP", pid);

        try (EmbeddedPostgres fresh = start()) {
            assertThat(fresh.adopted()).isFalse();
            assertThat(fresh.pid()).isNotEqualTo(pid);
            assertThat(query(fresh, "SELECT word FROM kept")).isEqualTo("before the kill");
        }
    }

    @Test
    void aKilledServerRecoversAtTheNextStart() throws Exception {
        long pid;
        try (EmbeddedPostgres first = start()) {
            execute(first, "CREATE TABLE kept AS SELECT 'committed' AS word");
            pid = first.pid();
            signal("KILL", pid);
            await().atMost(Duration.ofSeconds(10)).until(() -> !first.isAlive());
        }
        try (EmbeddedPostgres second = start()) {
            assertThat(query(second, "SELECT word FROM kept")).isEqualTo("committed");
        }
    }

    @Test
    void aProcessNumberThatBelongsToSomebodyElseIsLeftAlone() throws Exception {
        Path cluster;
        try (EmbeddedPostgres first = start()) {
            cluster = first.folder().resolve("data");
        }
        // one that the database's account could end
        Process stranger =
                new ProcessBuilder(ServerAccount.choose("", cluster).command(List.of("sleep", "600"))).start();
        owners.add(stranger);
        Files.writeString(
                cluster.resolve("postmaster.pid"), stranger.pid() + "\n" + cluster + "\n1\n1\n\n\n\nready   \n");
        try (EmbeddedPostgres second = start()) {
            assertThat(second.adopted()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        }
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void aSecondOwnerOfTheSameFolderIsRefusedInOneLine() throws Exception {
        try (EmbeddedPostgres first = start()) {
            Owner second = new Owner();
            assertThat(second.said()).startsWith("refused another Trunkline uses the data folder " + data);
            assertThat(first.isAlive()).isTrue();
        }
        assertThatThrownBy(() -> {
                    try (EmbeddedPostgres one = start();
                            EmbeddedPostgres two = start()) {
                        assertThat(one).isNotSameAs(two);
                    }
                })
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("another Trunkline");
    }

    @Test
    void aTakenPortIsNamedWithTheSettingToChange() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(
                            EmbeddedPostgresSettings.in(data).withPort(taken.getLocalPort())))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("TRUNKLINE_DATABASE_PORT");
        }
        assertThat(serversOf(data)).isEmpty();
    }

    @Test
    void aDamagedFolderIsToldInOneLine() throws Exception {
        Path cluster;
        try (EmbeddedPostgres first = start()) {
            cluster = first.folder().resolve("data");
        }
        Files.write(cluster.resolve("global/pg_control"), new byte[8192]);
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("doesn't start")
                .hasMessageContaining(cluster.toString())
                .message()
                .doesNotContain("\n");

        Files.delete(cluster.resolve("PG_VERSION"));
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("PG_VERSION is missing");

        Files.writeString(cluster.resolve("PG_VERSION"), "9\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("made by PostgreSQL 9");
    }

    @Test
    void anUnpackingThatWasCutShortIsDoneAgain() throws Exception {
        unlinkPrograms();
        Path programs;
        try (EmbeddedPostgres first = start()) {
            try (Stream<Path> files = Files.list(first.folder())) {
                programs = files.filter(f -> Files.isRegularFile(f.resolve("bin/postgres")))
                        .findFirst()
                        .orElseThrow();
            }
        }
        Path torn = Files.createTempFile(programs.resolve("bin"), "torn", "");
        Files.move(torn, programs.resolve("bin/postgres"), StandardCopyOption.REPLACE_EXISTING);
        try (EmbeddedPostgres second = start()) {
            assertThat(query(second, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aDataFolderInAClosedHomeStillHasADatabase() throws Exception {
        Path home = Files.createDirectory(data.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Path elsewhere = data.resolve("elsewhere");
        EmbeddedPostgresSettings settings = EmbeddedPostgresSettings.in(home.resolve("trunkline/data"));
        for (String expected : List.of("1", "2")) {
            try (EmbeddedPostgres database = EmbeddedPostgres.start(settings, elsewhere)) {
                // root's server runs as somebody who can't enter; anybody else's runs as themselves
                assertThat(database.folder().startsWith(new UnixSystem().getUid() == 0 ? elsewhere : home))
                        .isTrue();
                execute(database, "CREATE TABLE IF NOT EXISTS starts (at int)", "INSERT INTO starts VALUES (1)");
                assertThat(query(database, "SELECT count(*) FROM starts")).isEqualTo(expected);
            }
        }
    }

    @Test
    void theServerNeverRunsAsRoot() throws Exception {
        try (EmbeddedPostgres database = start()) {
            assertThat(Files.getAttribute(Path.of("/proc/" + database.pid()), "unix:uid"))
                    .isNotEqualTo(0);
        }
    }

    @Test
    void anOrdinaryUserHasADatabaseOfTheirOwn() throws Exception {
        ServerAccount somebody = ServerAccount.choose("", Path.of("/nonexistent"));
        Path theirs = Files.createDirectory(data.resolve("theirs"));
        somebody.own(theirs);
        // the build's own files may lie below a closed home
        Path library = Files.createDirectory(data.resolve("library"));
        Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = library.resolve(copies.size() + "-" + Path.of(entry).getFileName());
            copy(Path.of(entry), copy);
            copies.add(copy.toString());
        }
        Owner owner = new Owner(somebody, String.join(File.pathSeparator, copies), theirs);
        assertThat(owner.said()).startsWith("up ").contains("started", theirs.toString());
        assertThat(Files.getAttribute(Path.of("/proc/" + owner.words()[1]), "unix:uid"))
                .isEqualTo(somebody.uid());
        assertThat(owner.close()).isEqualTo("closed");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private void unlinkPrograms() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("postgres"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data));
    }

    private static List<Postmaster> serversOf(Path data) throws Exception {
        Path cluster = data.resolve("postgres/data");
        return Postmaster.workingIn(cluster.toRealPath(), ServerAccount.choose("", cluster));
    }

    private Connection connect(int port) throws Exception {
        String password = Files.readString(data.resolve("postgres/password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/trunkline", "trunkline", password);
    }

    private static void execute(EmbeddedPostgres database, String... commands) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static @Nullable String query(EmbeddedPostgres database, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -s " + name + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Another JVM that owns the database of this test. */
    private final class Owner {
        private final Process process;
        private final BufferedReader lines;
        private final String said;

        Owner() throws IOException, InterruptedException {
            this(null, System.getProperty("java.class.path"), data);
        }

        Owner(@Nullable ServerAccount account, String classPath, Path folder) throws IOException {
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath,
                    DatabaseOwner.class.getName(),
                    folder.toString());
            process = new ProcessBuilder(account == null ? command : account.command(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            owners.add(process);
            lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            said = String.valueOf(lines.readLine());
        }

        String said() {
            return said;
        }

        String[] words() {
            return said.split(" ");
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        String close() throws IOException {
            process.getOutputStream().close();
            return String.valueOf(lines.readLine());
        }
    }
}
