package dev.trunkline.persistence.postgres;

import dev.trunkline.core.call.CallDirection;
import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.EndReason;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.CallLogEntry.Answered;
import dev.trunkline.core.record.CallLogEntry.Closed;
import dev.trunkline.core.record.CallLogEntry.MessageLeft;
import dev.trunkline.core.record.CallLogEntry.Opened;
import dev.trunkline.core.record.CallLogEntry.TurnTaken;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import dev.trunkline.persistence.journal.RecordSink;
import dev.trunkline.persistence.journal.SinkAwayException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries into the tables: one transaction a batch, each statement an upsert, so that a batch that comes again changes
 * nothing. A turn whose call is not known (its opening was lost) brings the call into being, empty but for its time.
 */
public final class CallRecordWriter implements RecordSink {

    private static final Logger LOG = System.getLogger(CallRecordWriter.class.getName());

    private static final String KNOWN = """
            INSERT INTO trunkline.calls (id, node, channel, direction, from_address, from_name, to_address, to_name,
                agent, mind, started_at)
            VALUES (?, '', 'unknown', 'INBOUND', '', '', '', '', '', '', ?)
            ON CONFLICT (id) DO NOTHING""";

    private static final String OPENED = """
            INSERT INTO trunkline.calls (id, node, channel, direction, from_address, from_name, to_address, to_name,
                agent, mind, started_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET node = excluded.node, channel = excluded.channel,
                direction = excluded.direction, from_address = excluded.from_address, from_name = excluded.from_name,
                to_address = excluded.to_address, to_name = excluded.to_name, agent = excluded.agent,
                mind = excluded.mind, started_at = excluded.started_at""";

    private static final String ANSWERED = "UPDATE trunkline.calls SET answered_at = ? WHERE id = ?";

    private static final String TURN = """
            INSERT INTO trunkline.turns (call_id, number, speaker, text, started_at, ended_at, interrupted,
                end_of_turn_wait_ms, transcription_ms, thinking_ms, synthesis_ms, engine_ms, mouth_to_ear_ms, speculative)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (call_id, number) DO UPDATE SET speaker = excluded.speaker, text = excluded.text,
                started_at = excluded.started_at, ended_at = excluded.ended_at, interrupted = excluded.interrupted,
                end_of_turn_wait_ms = excluded.end_of_turn_wait_ms, transcription_ms = excluded.transcription_ms,
                thinking_ms = excluded.thinking_ms, synthesis_ms = excluded.synthesis_ms,
                engine_ms = excluded.engine_ms, mouth_to_ear_ms = excluded.mouth_to_ear_ms,
                speculative = excluded.speculative""";

    private static final String MESSAGE = """
            INSERT INTO trunkline.messages (call_id, number, taken_at, name, callback, text)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (call_id, number) DO UPDATE SET taken_at = excluded.taken_at, name = excluded.name,
                callback = excluded.callback, text = excluded.text""";

    private static final String CLOSED = """
            UPDATE trunkline.calls SET ended_at = ?, end_reason = ?, end_detail = ?, packets_received = ?,
                packets_lost = ?, packets_late = ?, packets_sent = ?, jitter_ms = ?, underruns = ?,
                round_trip_ms = ?, far_loss_percent = ?, far_jitter_ms = ?, mean_opinion = ?, far_mean_opinion = ?
            WHERE id = ?""";

    private static final String ABANDONED = """
            UPDATE trunkline.calls c SET end_reason = 'CRASH', ended_at = greatest(c.started_at, c.answered_at,
                (SELECT max(t.ended_at) FROM trunkline.turns t WHERE t.call_id = c.id),
                (SELECT max(m.taken_at) FROM trunkline.messages m WHERE m.call_id = c.id))
            WHERE c.ended_at IS NULL AND c.node = ?""";

    private final DataSource dataSource;

    public CallRecordWriter(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public int store(List<CallLogEntry> entries) throws SinkAwayException {
        try {
            storeTogether(entries);
            return 0;
        } catch (SQLException e) {
            if (!isForEver(e)) {
                throw new SinkAwayException(String.valueOf(e.getMessage()), e);
            }
        }
        // one of them is at fault: all but that one are stored
        int refused = 0;
        for (CallLogEntry entry : entries) {
            try {
                storeTogether(List.of(entry));
            } catch (SQLException e) {
                if (!isForEver(e)) {
                    throw new SinkAwayException(String.valueOf(e.getMessage()), e);
                }
                refused++;
                LOG.log(
                        Level.ERROR,
                        "database refuses an entry of call {0} for ever (SQL state {1})",
                        entry.call(),
                        e.getSQLState());
            }
        }
        return refused;
    }

    @Override
    public int closeAbandoned(String node) throws SinkAwayException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ABANDONED)) {
            statement.setString(1, node);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new SinkAwayException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the data are at fault: data exception, integrity violation, limit exceeded. */
    private static boolean isForEver(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    private void storeTogether(List<CallLogEntry> entries) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (CallLogEntry entry : entries) {
                    store(connection, entry);
                }
                connection.commit();
            } catch (SQLException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void store(Connection connection, CallLogEntry entry) throws SQLException {
        switch (entry) {
            case Opened opened -> store(connection, opened);
            case Answered(CallId call, Instant at) -> {
                known(connection, call, at);
                execute(connection, ANSWERED, at, call);
            }
            case TurnTaken(CallId call, Turn turn) -> {
                known(connection, call, turn.startedAt());
                TurnLatency latency = turn.latency();
                execute(
                        connection,
                        TURN,
                        call,
                        turn.number(),
                        turn.speaker(),
                        turn.text(),
                        turn.startedAt(),
                        turn.endedAt(),
                        turn.interrupted(),
                        latency.endOfTurnWait(),
                        latency.transcription(),
                        latency.thinking(),
                        latency.synthesis(),
                        latency.engine(),
                        latency.mouthToEar(),
                        latency.speculative());
            }
            case MessageLeft(CallId call, Message message) -> {
                known(connection, call, message.takenAt());
                execute(
                        connection,
                        MESSAGE,
                        call,
                        message.number(),
                        message.takenAt(),
                        message.name(),
                        message.callback(),
                        message.text());
            }
            case Closed closed -> store(connection, closed);
        }
    }

    private static void store(Connection connection, Opened opened) throws SQLException {
        Party from = opened.info().from();
        Party to = opened.info().to();
        execute(
                connection,
                OPENED,
                opened.call(),
                opened.node(),
                opened.info().channel(),
                opened.info().direction(),
                from.address(),
                from.name(),
                to.address(),
                to.name(),
                opened.agent(),
                opened.mind(),
                opened.info().startedAt());
    }

    private static void store(Connection connection, Closed closed) throws SQLException {
        known(connection, closed.call(), closed.at());
        MediaQuality quality = closed.quality();
        execute(
                connection,
                CLOSED,
                closed.at(),
                closed.reason(),
                closed.detail(),
                quality.packetsReceived(),
                quality.packetsLost(),
                quality.packetsLate(),
                quality.packetsSent(),
                quality.jitterMillis(),
                quality.underruns(),
                measured(quality.roundTripMillis()),
                measured(quality.farLossPercent()),
                measured(quality.farJitterMillis()),
                measured(quality.meanOpinion()),
                measured(quality.farMeanOpinion()),
                closed.call());
    }

    private static Double measured(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static void known(Connection connection, CallId call, Instant at) throws SQLException {
        execute(connection, KNOWN, call, at);
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                set(statement, i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            // the only character that a PostgreSQL text can't hold
            case String text -> statement.setString(index, text.replace("\0", ""));
            case CallId id -> statement.setString(index, id.value());
            case CallDirection direction -> statement.setString(index, direction.name());
            case EndReason reason -> statement.setString(index, reason.name());
            case dev.trunkline.core.record.Speaker speaker -> statement.setString(index, speaker.name());
            case Instant time ->
                statement.setObject(index, time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            case Integer number -> statement.setInt(index, number);
            case Long millis when millis < 0 -> statement.setNull(index, Types.BIGINT);
            case Long number -> statement.setLong(index, number);
            case Double number when number.isNaN() -> statement.setNull(index, Types.DOUBLE);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }
}
