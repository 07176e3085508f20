package dev.trunkline.persistence.postgres.embedded;

import dev.trunkline.persistence.postgres.embedded.Postmaster.PidFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A running PostgreSQL of our own, on 127.0.0.1 with a password that only this user can read.
 *
 * <p>Life: {@link #start} unpacks the programs once, makes the cluster once, and starts the server in a session of its own, so
 * that a Ctrl-C meant for us does not reach it. {@link #close} stops it in order. When our process is killed the server lives
 * on; the next {@link #start} adopts it if it is healthy and was started by the same version with the same options, and
 * otherwise stops it first. Two processes never share a data folder: the second is told so.
 *
 * <p>Not thread-safe but for {@link #isAlive}; {@code start} and {@code close} block.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());
    private static final String DATABASE = "trunkline";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int PORT_ATTEMPTS = 5;

    private final EmbeddedPostgresSettings settings;
    private final FolderLock lock;
    private final PostgresHome home;
    private final ServerLog log;
    private final Postmaster postmaster;
    private final int port;
    private final String password;
    private final boolean adopted;

    private EmbeddedPostgres(Starter starter, Postmaster postmaster, int port, String password, boolean adopted) {
        this.settings = starter.settings;
        this.lock = starter.lock;
        this.home = starter.home;
        this.log = starter.log;
        this.postmaster = postmaster;
        this.port = port;
        this.password = password;
        this.adopted = adopted;
    }

    /**
     * Starts the database of that data folder, or adopts the one that runs there. Takes 2 to 3 s the first time, under 1 s
     * later, longer after a crash of the machine.
     *
     * @throws EmbeddedPostgresException with one line that says what is wrong
     */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
        return start(settings, PostgresHome.ELSEWHERE);
    }

    static EmbeddedPostgres start(EmbeddedPostgresSettings settings, Path elsewhere) {
        try {
            Files.createDirectories(settings.dataFolder());
            FolderLock lock = FolderLock.take(settings.dataFolder());
            try {
                return new Starter(settings, lock, elsewhere).start();
            } catch (Throwable e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw new EmbeddedPostgresException(
                    message.contains("No space left")
                            ? "the disk of " + settings.dataFolder() + " is full: no room for the database"
                            : "the database in " + settings.dataFolder() + " can't be started: "
                                    + e.getClass().getSimpleName() + ": " + message,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("the start of the database was interrupted", e);
        }
    }

    /** Where it is: a JDBC URL without user and password. */
    public String url() {
        return url(port, DATABASE);
    }

    /** Whom to connect as. */
    public String user() {
        return Cluster.USER;
    }

    /** The password; never to be logged. */
    public String password() {
        return password;
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The number of its process. */
    public long pid() {
        return postmaster.pid();
    }

    /** Whether it ran already when we came: left behind by a process of ours that was killed. */
    public boolean adopted() {
        return adopted;
    }

    /** The folder that really holds the database; see the log line at its making if it isn't below the data folder. */
    public Path folder() {
        return home.folder();
    }

    /** Whether the server's process lives. */
    public boolean isAlive() throws InterruptedException {
        return postmaster.isAlive();
    }

    /** Keeps its log file from growing without bound; call now and then. */
    public void tidy() {
        try {
            log.keepSmall();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the database''s log could not be shortened: {0}", e.getMessage());
        }
    }

    /** Stops it in order; by force after the time limit. */
    @Override
    public void close() {
        try {
            if (!postmaster.stop(settings.stopTimeout())) {
                LOG.log(Level.WARNING, "database had to be stopped by force; it recovers at its next start");
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "database could not be stopped: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** One start, step by step. */
    private static final class Starter {
        final EmbeddedPostgresSettings settings;
        final FolderLock lock;
        final ServerAccount account;
        final PostgresHome home;
        final ServerLog log;
        final PostgresBinaries binaries;
        final long begin = System.nanoTime();

        Starter(EmbeddedPostgresSettings settings, FolderLock lock, Path elsewhere)
                throws IOException, InterruptedException {
            this.settings = settings;
            this.lock = lock;
            account = ServerAccount.choose(settings.account(), PostgresHome.clusterBelow(settings.dataFolder()));
            account.requireUsable();
            home = PostgresHome.prepare(settings.dataFolder(), account, elsewhere);
            log = new ServerLog(home.log());
            log.keepSmall();
            binaries = PostgresBinaries.unpackedIn(home.folder());
        }

        EmbeddedPostgres start() throws IOException, InterruptedException {
            String password = new Cluster(home, binaries, account).prepare();
            Optional<EmbeddedPostgres> left = adopt(password);
            EmbeddedPostgres running = left.isPresent() ? left.get() : launch(password);
            LOG.log(
                    Level.INFO,
                    "database {0} in {1} ms: PostgreSQL {2}, port {3}, process {4}, {5}",
                    running.adopted() ? "adopted" : "started",
                    Long.toString((System.nanoTime() - begin) / 1_000_000),
                    binaries.version(),
                    Integer.toString(running.port()),
                    Long.toString(running.pid()),
                    home.folder());
            return running;
        }

        /** Takes over what a killed process of ours left behind, or ends it. */
        private Optional<EmbeddedPostgres> adopt(String password) throws IOException, InterruptedException {
            Optional<PidFile> file = PidFile.read(home.data());
            if (file.isPresent()) {
                Postmaster left = new Postmaster(file.get().pid(), home.data(), account);
                if (left.isAlive()) {
                    int port = file.get().port();
                    boolean portFits = settings.port() == 0 || settings.port() == port;
                    if (file.get().ready() && portFits && isOurs(port, password)) {
                        return Optional.of(new EmbeddedPostgres(this, left, port, password, true));
                    }
                    LOG.log(Level.INFO, "database process {0} was left behind; stopping it", Long.toString(left.pid()));
                    left.stop(settings.stopTimeout());
                }
            }
            for (Postmaster orphan : Postmaster.workingIn(home.data(), account)) {
                LOG.log(Level.INFO, "database process {0} has no parent; stopping it", Long.toString(orphan.pid()));
                orphan.stop(settings.stopTimeout());
            }
            // nobody works there now, so what the file names is somebody else
            Files.deleteIfExists(home.data().resolve("postmaster.pid"));
            return Optional.empty();
        }

        private boolean isOurs(int port, String password) {
            try (Connection connection = connect(port, DATABASE, password, 2);
                    Statement statement = connection.createStatement();
                    ResultSet name = statement.executeQuery("SHOW cluster_name")) {
                return name.next()
                        && ServerOptions.clusterName(binaries.version()).equals(name.getString(1));
            } catch (SQLException e) {
                return false;
            }
        }

        private EmbeddedPostgres launch(String password) throws IOException, InterruptedException {
            for (int attempt = 1; ; attempt++) {
                int port = settings.port() != 0 ? settings.port() : freePort();
                long logged = log.length();
                Process process = Program.prepare(commandLine(port))
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(home.log().toFile()))
                        .start();
                Postmaster postmaster = new Postmaster(process.pid(), home.data(), account);
                try {
                    if (awaitReady(process)) {
                        ensureDatabase(port, password);
                        return new EmbeddedPostgres(this, postmaster, port, password, false);
                    }
                } catch (IOException | InterruptedException | RuntimeException e) {
                    endFailedLaunch(process, postmaster);
                    throw e;
                }
                List<String> complaints = log.complaintsSince(logged);
                boolean taken = complaints.stream().anyMatch(c -> c.contains("could not create any TCP/IP sockets"));
                if (!taken || settings.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw new EmbeddedPostgresException(meaning(complaints, taken, port));
                }
            }
        }

        private List<String> commandLine(int port) {
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
                command.add("/usr/bin/setsid");
            }
            List<String> server = new ArrayList<>(
                    List.of(binaries.postgres().toString(), "-D", home.data().toString()));
            server.addAll(ServerOptions.arguments(binaries.version(), port));
            command.addAll(account.command(server));
            return command;
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        /** Whether it takes connections; false if it has ended instead. */
        private boolean awaitReady(Process process) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + settings.startTimeout().toNanos();
            while (process.isAlive()) {
                Optional<PidFile> file = PidFile.read(home.data());
                if (file.isPresent()
                        && file.get().pid() == process.pid()
                        && file.get().ready()) {
                    return true;
                }
                if (System.nanoTime() > deadline) {
                    throw new EmbeddedPostgresException("the database in " + home.folder() + " was not ready after "
                            + settings.startTimeout().toSeconds() + " s; see " + home.log());
                }
                Thread.sleep(POLL);
            }
            return false;
        }

        private void endFailedLaunch(Process process, Postmaster postmaster) throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                postmaster.stop(settings.stopTimeout());
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                process.destroyForcibly();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private String meaning(List<String> complaints, boolean taken, int port) {
            if (taken) {
                return "the database's port " + port
                        + " is taken: set TRUNKLINE_DATABASE_PORT to another, or to 0 for any";
            }
            String last = complaints.isEmpty() ? "no reason given" : complaints.getLast();
            if (complaints.stream().anyMatch(c -> c.contains("No space left on device"))) {
                return "the disk of " + home.folder() + " is full: the database can't start";
            }
            return "the database in " + home.data() + " doesn't start: " + last + "; see " + home.log()
                    + "; if its files are damaged, restore them or move the folder away to begin anew";
        }

        private static Connection connect(int port, String database, String password, int seconds) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", Cluster.USER);
            properties.setProperty("password", password);
            properties.setProperty("connectTimeout", Integer.toString(seconds));
            properties.setProperty("socketTimeout", Integer.toString(seconds));
            // loopback: no use in asking for TLS first
            properties.setProperty("sslmode", "disable");
            properties.setProperty("ApplicationName", "trunkline start");
            return DriverManager.getConnection(url(port, database), properties);
        }

        private void ensureDatabase(int port, String password) {
            try (Connection connection = connect(port, "postgres", password, 30);
                    Statement statement = connection.createStatement();
                    ResultSet found =
                            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE " + DATABASE);
                }
            } catch (SQLException e) {
                throw new EmbeddedPostgresException(
                        "28P01".equals(e.getSQLState())
                                ? "the password in " + home.password() + " is not that of the database in "
                                        + home.data()
                                : "the database in " + home.data() + " doesn't answer: " + e.getMessage(),
                        e);
            }
        }
    }
}
