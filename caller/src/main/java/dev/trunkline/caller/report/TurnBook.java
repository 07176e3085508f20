package dev.trunkline.caller.report;

import dev.trunkline.caller.script.SpokenTurn;
import dev.trunkline.caller.sound.Utterance;
import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the two sides of a call together: whose turn, when, and how long each answer took. Stateless. */
public final class TurnBook {

    private static final int RATE = 8_000;

    /** Sound around an utterance that belongs to it: soft beginnings and ends, in samples. */
    private static final int BEFORE = RATE / 10;

    private static final int AFTER = RATE / 5;

    private TurnBook() {}

    /** All turns in the order of their beginnings. */
    public static List<CallTurn> turns(
            List<SpokenTurn> spoken, List<Utterance> agent, AudioChunk said, AudioChunk heard) {
        List<CallTurn> all = new ArrayList<>();
        for (SpokenTurn turn : spoken) {
            all.add(new CallTurn(
                    CallTurn.Speaker.CALLER,
                    turn.label(),
                    Duration.ofNanos(turn.startNanos()),
                    Duration.ofNanos(turn.endNanos()),
                    null,
                    turn.unanswered(),
                    slice(said, turn.startNanos(), turn.endNanos(), 0, 160)));
        }
        long lastAnswered = Long.MIN_VALUE;
        for (Utterance utterance : agent) {
            SpokenTurn asked = lastBefore(spoken, utterance.startNanos());
            long since = asked == null ? 0 : asked.endNanos();
            boolean first = since > lastAnswered;
            boolean measurable = asked == null || !asked.overlapped();
            lastAnswered = since;
            all.add(new CallTurn(
                    CallTurn.Speaker.AGENT,
                    null,
                    Duration.ofNanos(utterance.startNanos()),
                    Duration.ofNanos(utterance.endNanos()),
                    first && measurable ? Duration.ofNanos(utterance.startNanos() - since) : null,
                    false,
                    slice(heard, utterance.startNanos(), utterance.endNanos(), BEFORE, AFTER)));
        }
        all.sort(Comparator.comparing(CallTurn::start));
        return all;
    }

    private static @Nullable SpokenTurn lastBefore(List<SpokenTurn> spoken, long nanos) {
        SpokenTurn last = null;
        for (SpokenTurn turn : spoken) {
            if (turn.endNanos() <= nanos && (last == null || turn.endNanos() > last.endNanos())) {
                last = turn;
            }
        }
        return last;
    }

    private static AudioChunk slice(AudioChunk sound, long startNanos, long endNanos, int before, int after) {
        short[] pcm = sound.toPcm();
        int from = (int) Math.clamp(startNanos / 125_000 - before, 0, pcm.length);
        int to = (int) Math.clamp(endNanos / 125_000 + after, from, pcm.length);
        return AudioChunk.ofPcm(Arrays.copyOfRange(pcm, from, to), RATE);
    }
}
