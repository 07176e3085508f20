package dev.trunkline.persistence.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgres;
import dev.trunkline.persistence.postgres.embedded.EmbeddedPostgresException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The database beside the calls: opened without waiting, started or reached, migrated and watched by a thread of its own. An
 * embedded server that dies is started again; one elsewhere is tried until it answers. Nobody waits for it but who asks it.
 *
 * <p>Thread-safe.
 */
public final class Database implements AutoCloseable {

    /** The schema that holds our tables, so that a database can be shared with others' tables. */
    static final String SCHEMA = "trunkline";

    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final DatabaseSettings settings;
    private final LateDataSource dataSource = new LateDataSource();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;
    private volatile DatabaseStatus status = new DatabaseStatus.Starting();
    private @Nullable EmbeddedPostgres server;
    private boolean migrated;
    private boolean stopping;

    private Database(DatabaseSettings settings) {
        this.settings = settings;
        this.keeper = Thread.ofPlatform().name("database").daemon().unstarted(this::keep);
    }

    /** Begins to start or reach the database, and returns at once. */
    public static Database open(DatabaseSettings settings) {
        Database database = new Database(settings);
        database.keeper.start();
        return database;
    }

    /** Connections to it. While it is away, asking for one fails within seconds. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** How it stands. */
    public DatabaseStatus status() {
        return status;
    }

    /** Whether it answers and has the newest tables. */
    public boolean isUp() {
        return status instanceof DatabaseStatus.Up;
    }

    /** Closes the connections and stops the embedded server, if there is one. */
    @Override
    public void close() {
        closing.countDown();
        synchronized (closing) {
            // cuts a start or a wait short, never the stop
            if (!stopping) {
                keeper.interrupt();
            }
        }
        boolean interrupted = false;
        try {
            keeper.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (closing.getCount() > 0) {
                Duration wait;
                try {
                    bringUp();
                    up();
                    pause = FIRST_PAUSE;
                    wait = WATCH;
                } catch (EmbeddedPostgresException | SQLException | FlywayException e) {
                    away(e);
                    wait = pause;
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
                closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // closing
        } catch (RuntimeException e) {
            away(e);
            LOG.log(Level.ERROR, "database is given up", e);
        } finally {
            beginToStop();
            dataSource.use(null);
            if (server != null) {
                server.close();
            }
            status = new DatabaseStatus.Closed();
        }
    }

    @SuppressWarnings("ReturnValueIgnored") // the interrupt has done its work
    private void beginToStop() {
        synchronized (closing) {
            stopping = true;
            Thread.interrupted();
        }
    }

    private void bringUp() throws SQLException, InterruptedException {
        switch (settings) {
            case DatabaseSettings.Embedded embedded -> connect(embedded);
            case DatabaseSettings.External external -> {
                if (dataSource.url() == null) {
                    dataSource.use(pool(external.url(), external.user(), external.password()));
                }
            }
        }
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isValid(5)) {
                throw new SQLException("the database does not answer");
            }
        }
        if (!migrated) {
            migrate();
            migrated = true;
        }
    }

    private void connect(DatabaseSettings.Embedded embedded) throws InterruptedException {
        EmbeddedPostgres running = server;
        if (running != null && !running.isAlive()) {
            LOG.log(Level.WARNING, "database process {0} has died; starting another", Long.toString(running.pid()));
            dataSource.use(null);
            server = null;
            running.close();
            running = null;
        }
        if (running == null) {
            running = EmbeddedPostgres.start(embedded.server());
            server = running;
            dataSource.use(pool(running.url(), running.user(), running.password()));
        }
        running.tidy();
    }

    private HikariDataSource pool(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("trunkline");
        config.setJdbcUrl(url);
        if (!user.isEmpty()) {
            config.setUsername(user);
        }
        if (!password.isEmpty()) {
            config.setPassword(password);
        }
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        // the first connection is made when it is asked for, and may fail
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "trunkline");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("loginTimeout", "5");
        // a server that hangs is noticed; no statement of ours takes that long
        config.addDataSourceProperty("socketTimeout", "20");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(config);
    }

    private void migrate() {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .load();
        int done = flyway.migrate().migrationsExecuted;
        if (done > 0) {
            LOG.log(Level.INFO, "database has {0} new migrations", Integer.toString(done));
        }
    }

    private void up() {
        if (!isUp()) {
            status = new DatabaseStatus.Up(Instant.now());
            LOG.log(Level.INFO, "database is up");
        }
    }

    private void away(Exception e) {
        if (closing.getCount() == 0) {
            return;
        }
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
        if (!(status instanceof DatabaseStatus.Away before) || !before.why().equals(why)) {
            LOG.log(Level.WARNING, "database is away, calls go on: {0}", why);
        }
        Instant since = status instanceof DatabaseStatus.Away before ? before.since() : Instant.now();
        status = new DatabaseStatus.Away(since, why);
    }
}
