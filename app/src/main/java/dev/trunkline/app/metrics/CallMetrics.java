package dev.trunkline.app.metrics;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.call.CallInfo;
import dev.trunkline.core.conversation.ConversationEvent;
import dev.trunkline.core.conversation.ConversationObserver;
import dev.trunkline.core.line.MediaQuality;
import dev.trunkline.core.line.RejectCause;
import dev.trunkline.core.record.CallLogEntry;
import dev.trunkline.core.record.Speaker;
import dev.trunkline.core.record.Turn;
import dev.trunkline.core.record.TurnLatency;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Counts calls, turns and where their time went. Hears of them once a turn or less, on the conversations' threads; media
 * threads never come here.
 */
public final class CallMetrics implements ConversationObserver {

    /** By 5 ms up to 100 ms, which is where the engine's own share lies, and coarser beyond. */
    private static final Duration[] BEYOND_SILENCE = IntStream.concat(
                    IntStream.rangeClosed(1, 20).map(i -> i * 5), IntStream.of(125, 150, 200, 300, 500, 1_000, 3_000))
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final SoundMetrics sound;
    private final Map<CallId, Instant> answered = new ConcurrentHashMap<>();
    private final Timer answerAudible;
    private final Timer mouthToEar;
    private final Timer engine;
    private final Timer endOfTurnWait;
    private final Timer transcription;
    private final Timer thinking;
    private final Timer synthesis;
    private final Counter interruptions;
    private final Counter resumed;
    private final Counter speculationsDiscarded;

    /**
     * Registers the meters.
     *
     * @param registry takes them
     */
    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
        answerAudible = Timer.builder("trunkline.answer.beyond.silence")
                .description(
                        "from the moment at which the caller's silence was the end of their turn to the first sound"
                                + " of the answer")
                .serviceLevelObjectives(BEYOND_SILENCE)
                .register(registry);
        sound = new SoundMetrics(registry);
        mouthToEar = latency("mouth_to_ear");
        engine = latency("engine");
        endOfTurnWait = latency("end_of_turn_wait");
        transcription = latency("transcription");
        thinking = latency("thinking");
        synthesis = latency("synthesis");
        interruptions = Counter.builder("trunkline.interruptions")
                .description("utterances that callers talked down")
                .register(registry);
        resumed = Counter.builder("trunkline.interruptions.false")
                .description("utterances held for nothing, and resumed")
                .register(registry);
        speculationsDiscarded = Counter.builder("trunkline.speculations.discarded")
                .description("replies prepared ahead of time and thrown away")
                .register(registry);
    }

    private Timer latency(String stage) {
        return Timer.builder("trunkline.turn.latency")
                .description("where the time of a reply went")
                .tag("stage", stage)
                .serviceLevelObjectives(
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(300),
                        Duration.ofMillis(500),
                        Duration.ofMillis(700),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(1_500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5))
                .register(registry);
    }

    /** A call that was refused without being written down. */
    public void refused(RejectCause cause) {
        counter("trunkline.calls.refused", "calls refused that are not in the record", "cause", lower(cause))
                .increment();
    }

    /** What is written down of calls. */
    public void on(CallLogEntry entry) {
        switch (entry) {
            case CallLogEntry.Opened opened ->
                counter(
                                "trunkline.calls.opened",
                                "calls that came or were placed",
                                "channel",
                                opened.info().channel(),
                                "agent",
                                opened.agent())
                        .increment();
            case CallLogEntry.Answered now -> answered.put(now.call(), now.at());
            case CallLogEntry.Closed closed -> closed(closed);
            case CallLogEntry.TurnTaken taken -> {
                // turns are counted when they are complete; the log may hear of one several times
            }
            case CallLogEntry.MessageLeft left ->
                counter("trunkline.messages", "messages that agents took").increment();
        }
    }

    @Override
    public void on(CallInfo call, ConversationEvent event) {
        switch (event) {
            case ConversationEvent.TurnTaken taken -> turn(taken.turn());
            case ConversationEvent.AnswerAudible audible -> answerAudible.record(audible.beyondSilence());
            case ConversationEvent.Interrupted interrupted -> interruptions.increment();
            case ConversationEvent.VoiceResumed again -> resumed.increment();
            case ConversationEvent.SpeculationDiscarded discarded -> speculationsDiscarded.increment();
            case ConversationEvent.Trouble trouble ->
                counter("trunkline.troubles", "failures that conversations survived", "stage", lower(trouble.stage()))
                        .increment();
            default -> {
                // nothing to count
            }
        }
    }

    private void turn(Turn turn) {
        counter("trunkline.turns", "turns taken", "speaker", lower(turn.speaker()))
                .increment();
        if (turn.speaker() == Speaker.AGENT) {
            TurnLatency latency = turn.latency();
            record(mouthToEar, latency.mouthToEar());
            record(engine, latency.engine());
            record(endOfTurnWait, latency.endOfTurnWait());
            record(transcription, latency.transcription());
            record(thinking, latency.thinking());
            record(synthesis, latency.synthesis());
        }
    }

    private void closed(CallLogEntry.Closed closed) {
        counter("trunkline.calls.ended", "calls that are over", "reason", lower(closed.reason()))
                .increment();
        Instant since = answered.remove(closed.call());
        if (since != null) {
            Timer.builder("trunkline.call.duration")
                    .description("answer to end")
                    .register(registry)
                    .record(Duration.between(since, closed.at()));
        }
        MediaQuality quality = closed.quality();
        sound.on(quality);
        counter("trunkline.calls.packets.received", "packets of calls that are over")
                .increment(quality.packetsReceived());
        counter("trunkline.calls.packets.lost", "packets that never came, of calls that are over")
                .increment(quality.packetsLost());
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static void record(Timer timer, long millis) {
        if (millis >= 0) {
            timer.record(Duration.ofMillis(millis));
        }
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
