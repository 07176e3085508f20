package dev.trunkline.persistence.postgres;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallHistory;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.HistoryUnavailableException;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads calls from the tables. Thread-safe. */
public final class PostgresCallHistory implements CallHistory {

    private static final int LONGEST_QUERY_SECONDS = 10;

    private static final String CALLS = """
            SELECT c.*, (SELECT count(*) FROM trunkline.turns t WHERE t.call_id = c.id) AS turn_count
            FROM trunkline.calls c""";

    private static final String NEWEST = CALLS + " ORDER BY c.started_at DESC, c.id DESC LIMIT :limit";

    private static final String NEWEST_BEFORE = CALLS + """
             WHERE (c.started_at, c.id) < (SELECT b.started_at, b.id FROM trunkline.calls b WHERE b.id = :before)
            ORDER BY c.started_at DESC, c.id DESC LIMIT :limit""";

    private static final String ONE = CALLS + " WHERE c.id = :id";

    private static final String TURNS = "SELECT * FROM trunkline.turns WHERE call_id = :id ORDER BY number";

    private static final String MESSAGES = "SELECT * FROM trunkline.messages WHERE call_id = :id ORDER BY number";

    private final JdbcClient client;

    public PostgresCallHistory(DataSource dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(LONGEST_QUERY_SECONDS);
        this.client = JdbcClient.create(template);
    }

    @Override
    public List<CallRecord> newest(int limit, @Nullable CallId before) {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit out of range (1 to 1000): " + limit);
        }
        return asked(() -> {
            JdbcClient.StatementSpec query = before == null
                    ? client.sql(NEWEST)
                    : client.sql(NEWEST_BEFORE).param("before", before.value());
            return query.param("limit", limit)
                    .query((row, number) -> call(row, List.of(), List.of()))
                    .list();
        });
    }

    @Override
    public Optional<CallRecord> find(CallId id) {
        return asked(() -> {
            // turns before their call: its count is never behind them
            List<Turn> turns = client.sql(TURNS)
                    .param("id", id.value())
                    .query((row, number) -> turn(row))
                    .list();
            List<Message> messages = client.sql(MESSAGES)
                    .param("id", id.value())
                    .query((row, number) -> message(row))
                    .list();
            return client.sql(ONE)
                    .param("id", id.value())
                    .query((row, number) -> call(row, turns, messages))
                    .optional();
        });
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new HistoryUnavailableException("the history of calls can't be read now", e);
        }
    }

    private static CallRecord call(ResultSet row, List<Turn> turns, List<Message> messages) throws SQLException {
        CallInfo info = new CallInfo(
                new CallId(row.getString("id")),
                row.getString("channel"),
                CallDirection.valueOf(row.getString("direction")),
                new Party(row.getString("from_address"), row.getString("from_name")),
                new Party(row.getString("to_address"), row.getString("to_name")),
                time(row, "started_at"));
        @Nullable String reason = row.getString("end_reason");
        return new CallRecord(
                info,
                row.getString("node"),
                row.getString("agent"),
                row.getString("mind"),
                timeOrNull(row, "answered_at"),
                timeOrNull(row, "ended_at"),
                reason == null ? null : EndReason.valueOf(reason),
                row.getString("end_detail"),
                new MediaQuality(
                        row.getLong("packets_received"),
                        row.getLong("packets_lost"),
                        row.getLong("packets_late"),
                        row.getLong("packets_sent"),
                        row.getDouble("jitter_ms"),
                        row.getLong("underruns"),
                        measured(row, "round_trip_ms"),
                        measured(row, "far_loss_percent"),
                        measured(row, "far_jitter_ms"),
                        measured(row, "mean_opinion"),
                        measured(row, "far_mean_opinion")),
                turns,
                messages,
                turns.isEmpty() ? row.getInt("turn_count") : turns.size());
    }

    private static Turn turn(ResultSet row) throws SQLException {
        return new Turn(
                row.getInt("number"),
                Speaker.valueOf(row.getString("speaker")),
                row.getString("text"),
                time(row, "started_at"),
                time(row, "ended_at"),
                row.getBoolean("interrupted"),
                new TurnLatency(
                        millis(row, "end_of_turn_wait_ms"),
                        millis(row, "transcription_ms"),
                        millis(row, "thinking_ms"),
                        millis(row, "synthesis_ms"),
                        millis(row, "engine_ms"),
                        millis(row, "mouth_to_ear_ms"),
                        row.getBoolean("speculative")));
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getInt("number"),
                time(row, "taken_at"),
                row.getString("name"),
                row.getString("callback"),
                row.getString("text"));
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? -1 : value;
    }

    private static @Nullable Double measured(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
