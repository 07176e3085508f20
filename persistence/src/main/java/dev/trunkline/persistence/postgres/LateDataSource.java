package dev.trunkline.persistence.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A data source that can be handed out before there is a database, and outlives its restart on another port. */
final class LateDataSource extends AbstractDataSource {

    private final AtomicReference<@Nullable HikariDataSource> pool = new AtomicReference<>();

    /** Puts another pool in and closes the one before. */
    void use(@Nullable HikariDataSource next) {
        HikariDataSource before = pool.getAndSet(next);
        if (before != null) {
            before.close();
        }
    }

    @Nullable
    String url() {
        HikariDataSource now = pool.get();
        return now == null ? null : now.getJdbcUrl();
    }

    @Override
    public Connection getConnection() throws SQLException {
        HikariDataSource now = pool.get();
        if (now == null) {
            throw new SQLTransientConnectionException("the database is not up yet", "08001");
        }
        return now.getConnection();
    }

    @Override
    public Connection getConnection(@Nullable String username, @Nullable String password) throws SQLException {
        throw new SQLException("connections are made as the one configured user");
    }
}
