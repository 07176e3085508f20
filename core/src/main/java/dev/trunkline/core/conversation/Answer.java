package dev.trunkline.core.conversation;

import dev.trunkline.core.conversation.Listening.TurnTimes;
import dev.trunkline.core.mind.Occasion;
import dev.trunkline.core.mind.Thinking;
import dev.trunkline.core.record.TurnLatency;
import dev.trunkline.core.scenario.Action;
import dev.trunkline.core.scenario.Expectation;
import dev.trunkline.core.scenario.Memory;
import dev.trunkline.core.time.Timekeeper.Alarm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One answer of the agent: what is thought, what is still to be said and done, and what it took. Conversation's thread. */
final class Answer {

    /** Something to be done in its turn. */
    sealed interface Step {

        /** Speak. */
        record Speak(Utterance utterance) implements Step {}

        /** Do something else. */
        record Perform(Action action) implements Step {}
    }

    /** What it answers; null for a phrase of the engine's own. */
    final @Nullable Occasion occasion;

    final Memory memoryBefore;
    final Deque<Step> steps = new ArrayDeque<>();
    final long askedNanos;

    Thinking thinking = () -> {};
    Alarm patience = () -> {};
    boolean committed;
    boolean speculative;
    boolean done;
    boolean silentSoFar = true;
    boolean hadEffect;
    Expectation expectation = Expectation.ANYTHING;

    @Nullable
    Memory memoryAfter;

    @Nullable
    TurnTimes times;

    @Nullable
    Utterance open;

    @Nullable
    Utterance playing;

    @Nullable
    Utterance first;

    long firstWordsNanos;
    long audibleNanos;

    Answer(@Nullable Occasion occasion, Memory memoryBefore, long askedNanos) {
        this.occasion = occasion;
        this.memoryBefore = memoryBefore;
        this.askedNanos = askedNanos;
    }

    /** Whether the caller has heard some of it. */
    boolean isAudible() {
        return audibleNanos != 0;
    }

    /** Stops thinking and synthesis. */
    void cancel() {
        thinking.cancel();
        patience.cancel();
        if (playing != null) {
            playing.cancel();
        }
        for (Step step : steps) {
            if (step instanceof Step.Speak(Utterance utterance)) {
                utterance.cancel();
            }
        }
    }

    TurnLatency latency() {
        TurnTimes turn = times;
        Utterance spoken = first;
        if (audibleNanos == 0 || spoken == null) {
            return TurnLatency.NONE;
        }
        long firstSound = spoken.firstSoundNanos();
        long thinkingMillis = millis(askedNanos, firstWordsNanos);
        long synthesisMillis = millis(firstWordsNanos, firstSound);
        if (turn == null) {
            return new TurnLatency(
                    -1, -1, thinkingMillis, synthesisMillis, millis(firstSound, audibleNanos), -1, speculative);
        }
        long ready = Math.max(turn.overNanos(), firstSound);
        return new TurnLatency(
                millis(turn.lastSpeechNanos(), turn.overNanos()),
                millis(turn.lastSpeechNanos(), turn.settledNanos()),
                thinkingMillis,
                synthesisMillis,
                millis(ready, audibleNanos),
                millis(turn.lastSpeechNanos(), audibleNanos),
                speculative);
    }

    static long millis(long from, long to) {
        return from == 0 || to == 0
                ? -1
                : Duration.ofNanos(Math.max(0, to - from)).toMillis();
    }
}
