package dev.trunkline.caller.report;

import dev.trunkline.sound.AudioChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a caller knows of a call afterwards. Immutable.
 *
 * @param target what was dialled
 * @param callId the SIP Call-ID; empty if none was sent
 * @param outcome what became of it
 * @param setUp INVITE to final answer
 * @param length answer to end; zero if it was not answered
 * @param endedBy who hung up
 * @param endReason one line: why
 * @param turns in the order of their beginnings
 * @param unsaid what the script still had when the call ended
 * @param heard all that was heard, sample 0 at the answer, 8 kHz
 * @param said all that was said, on the same clock
 * @param keysHeard keys that the far side pressed
 * @param traffic packets
 */
public record CallReport(
        String target,
        String callId,
        Outcome outcome,
        Duration setUp,
        Duration length,
        EndedBy endedBy,
        String endReason,
        List<CallTurn> turns,
        List<String> unsaid,
        AudioChunk heard,
        AudioChunk said,
        String keysHeard,
        Traffic traffic) {

    /** Who ended the call. */
    public enum EndedBy {
        CALLER,
        AGENT,
        /** There was nothing to end. */
        NOBODY
    }

    public CallReport {
        turns = List.copyOf(turns);
        unsaid = List.copyOf(unsaid);
    }

    /** A call that was not answered. */
    public static CallReport unanswered(String target, String callId, Outcome outcome, Duration setUp) {
        return new CallReport(
                target,
                callId,
                outcome,
                setUp,
                Duration.ZERO,
                EndedBy.NOBODY,
                "",
                List.of(),
                List.of(),
                AudioChunk.silence(0, 8_000),
                AudioChunk.silence(0, 8_000),
                "",
                Traffic.NONE);
    }

    /** Whether somebody answered. */
    public boolean answered() {
        return outcome instanceof Outcome.Answered;
    }

    /** The SIP status that refused the call; 200 if it was answered, 0 if nothing came. */
    public int code() {
        return switch (outcome) {
            case Outcome.Answered a -> 200;
            case Outcome.Refused refused -> refused.code();
            case Outcome.Failed f -> 0;
        };
    }

    /** The agent's turns. */
    public List<CallTurn> agentTurns() {
        return turns.stream().filter(t -> t.speaker() == CallTurn.Speaker.AGENT).toList();
    }

    /** The caller's turns. */
    public List<CallTurn> callerTurns() {
        return turns.stream()
                .filter(t -> t.speaker() == CallTurn.Speaker.CALLER)
                .toList();
    }

    /** The agent's first turn that began after that turn of the caller (0 for the first); null if there is none. */
    public @Nullable CallTurn answerTo(int callerTurn) {
        List<CallTurn> callers = callerTurns();
        if (callerTurn >= callers.size()) {
            return null;
        }
        Duration end = callers.get(callerTurn).end();
        Duration next =
                callerTurn + 1 < callers.size() ? callers.get(callerTurn + 1).end() : length.plusSeconds(1);
        return agentTurns().stream()
                .filter(t -> t.start().compareTo(end) >= 0 && t.start().compareTo(next) < 0)
                .findFirst()
                .orElse(null);
    }

    /** All that the agent said, as recognised, in one line. */
    public String agentWords() {
        return String.join(" ", agentTurns().stream().map(CallTurn::words).toList());
    }

    /** How long the answers took, the greeting and unmeasurable ones left out. */
    public List<Duration> latencies() {
        List<Duration> all = new ArrayList<>();
        boolean asked = false;
        for (CallTurn turn : turns) {
            Duration latency = turn.latency();
            if (turn.speaker() == CallTurn.Speaker.CALLER) {
                asked = true;
            } else if (asked && latency != null) {
                all.add(latency);
            }
        }
        return all;
    }

    /** The same with the agent's words, recognised from the sound of each turn. */
    public CallReport recognisedBy(Function<AudioChunk, String> recogniser) {
        List<CallTurn> recognised = turns.stream()
                .map(t -> t.speaker() == CallTurn.Speaker.AGENT ? t.withText(recogniser.apply(t.audio())) : t)
                .toList();
        return new CallReport(
                target,
                callId,
                outcome,
                setUp,
                length,
                endedBy,
                endReason,
                recognised,
                unsaid,
                heard,
                said,
                keysHeard,
                traffic);
    }
}
