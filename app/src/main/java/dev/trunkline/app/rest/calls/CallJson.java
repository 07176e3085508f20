package dev.trunkline.app.rest.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trunkline.app.calls.CallView;
import dev.trunkline.core.call.Party;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.record.CallRecord;
import dev.trunkline.core.record.Message;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call as the API tells it. What is not known is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CallJson(
        String id,
        String channel,
        String direction,
        String state,
        PartyJson from,
        PartyJson to,
        String agent,
        String mind,
        String node,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable String endDetail,
        int turnCount,
        @Nullable List<TurnJson> turns,
        @Nullable List<MessageJson> messages,
        @Nullable QualityJson quality) {

    /** For lists. */
    static CallJson summary(CallView view) {
        return of(view, false);
    }

    /** With all that was said. */
    static CallJson whole(CallView view) {
        return of(view, true);
    }

    private static CallJson of(CallView view, boolean whole) {
        CallRecord call = view.record();
        boolean over = call.endedAt() != null;
        return new CallJson(
                call.info().id().value(),
                call.info().channel(),
                lower(call.info().direction()),
                lower(view.state()),
                PartyJson.of(call.info().from()),
                PartyJson.of(call.info().to()),
                call.agent(),
                call.mind(),
                call.node(),
                call.info().startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.endReason() == null ? null : lower(call.endReason()),
                call.endDetail().isEmpty() ? null : call.endDetail(),
                call.turnCount(),
                whole ? call.turns().stream().map(TurnJson::of).toList() : null,
                whole ? call.messages().stream().map(MessageJson::of).toList() : null,
                whole && over ? QualityJson.of(call.quality()) : null);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    record PartyJson(String address, String name) {
        static PartyJson of(Party party) {
            return new PartyJson(party.address(), party.name());
        }
    }

    record MessageJson(int number, Instant takenAt, String name, String callback, String text) {
        static MessageJson of(Message message) {
            return new MessageJson(
                    message.number(), message.takenAt(), message.name(), message.callback(), message.text());
        }
    }

    record TurnJson(
            int number,
            String speaker,
            String text,
            Instant startedAt,
            Instant endedAt,
            boolean interrupted,
            LatencyJson latency) {
        static TurnJson of(Turn turn) {
            return new TurnJson(
                    turn.number(),
                    lower(turn.speaker()),
                    turn.text(),
                    turn.startedAt(),
                    turn.endedAt(),
                    turn.interrupted(),
                    LatencyJson.of(turn.latency()));
        }
    }

    /** How the sound fared; what was not measured is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record QualityJson(
            long packetsReceived,
            long packetsLost,
            long packetsLate,
            long packetsSent,
            double jitterMillis,
            long underruns,
            @Nullable Double roundTripMillis,
            @Nullable Double farLossPercent,
            @Nullable Double farJitterMillis,
            @Nullable Double meanOpinion,
            @Nullable Double farMeanOpinion) {
        static QualityJson of(MediaQuality quality) {
            return new QualityJson(
                    quality.packetsReceived(),
                    quality.packetsLost(),
                    quality.packetsLate(),
                    quality.packetsSent(),
                    quality.jitterMillis(),
                    quality.underruns(),
                    quality.roundTripMillis(),
                    quality.farLossPercent(),
                    quality.farJitterMillis(),
                    quality.meanOpinion(),
                    quality.farMeanOpinion());
        }
    }

    /** Milliseconds; what was not measured is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LatencyJson(
            @Nullable Long endOfTurnWait,
            @Nullable Long transcription,
            @Nullable Long thinking,
            @Nullable Long synthesis,
            @Nullable Long engine,
            @Nullable Long mouthToEar,
            boolean speculative) {
        static LatencyJson of(TurnLatency latency) {
            return new LatencyJson(
                    measured(latency.endOfTurnWait()),
                    measured(latency.transcription()),
                    measured(latency.thinking()),
                    measured(latency.synthesis()),
                    measured(latency.engine()),
                    measured(latency.mouthToEar()),
                    latency.speculative());
        }

        private static @Nullable Long measured(long millis) {
            return millis < 0 ? null : millis;
        }
    }
}
