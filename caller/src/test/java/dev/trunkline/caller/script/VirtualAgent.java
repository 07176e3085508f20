package dev.trunkline.caller.script;

import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.sound.Signature;
import dev.trunkline.caller.sound.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call in virtual time: the script against an agent whose speech is given by the second. */
final class VirtualAgent {

    private static final long ROUND = 20_000_000;
    private static final short[] LOUD = Signature.of(0).sound(1).toPcm();
    private static final short[] QUIET = new short[160];

    private record Speech(long from, long to) {}

    record Event(Duration at, Round round) {}

    private final List<Speech> speeches = new ArrayList<>();
    private final AgentEar ear = new AgentEar(Script.PAUSE.toNanos());
    private final ScriptPlayer player;
    private @Nullable Duration stopsWhenTalkedDown;
    final List<Event> events = new ArrayList<>();

    VirtualAgent(Script script) {
        player = new ScriptPlayer(script, ear);
    }

    /** Speaks from one second to another. */
    VirtualAgent speaks(double from, double to) {
        speeches.add(new Speech((long) (from * 1e9), (long) (to * 1e9)));
        return this;
    }

    /** Falls silent so long after the caller's voice. */
    VirtualAgent talkedDownAfter(Duration reaction) {
        stopsWhenTalkedDown = reaction;
        return this;
    }

    /** Runs until the caller hangs up; that is the last event. */
    ScriptPlayer run() {
        long callerSpeaks = Long.MAX_VALUE;
        for (long now = 0; now < 3_600_000_000_000L; now += ROUND) {
            long at = now;
            long talkedDown = stops(callerSpeaks);
            long callerSpoke = callerSpeaks;
            boolean speaking = speeches.stream()
                    .anyMatch(s -> at >= s.from() && at < s.to() && (at < talkedDown || s.from() > callerSpoke));
            ear.frame(now, speaking ? LOUD : QUIET, 0, 160);
            Round round = player.next(now);
            if (!(round instanceof Round.Silence)) {
                events.add(new Event(Duration.ofNanos(now), round));
            }
            if (round instanceof Round.Voice && callerSpeaks == Long.MAX_VALUE) {
                callerSpeaks = now;
            }
            if (round instanceof Round.HangUp) {
                return player;
            }
        }
        throw new AssertionError("the caller never hung up");
    }

    private long stops(long callerSpeaks) {
        Duration reaction = stopsWhenTalkedDown;
        return reaction == null || callerSpeaks == Long.MAX_VALUE ? Long.MAX_VALUE : callerSpeaks + reaction.toNanos();
    }

    /** What the ear took for the agent's utterances. */
    List<Utterance> utterances() {
        return ear.utterances();
    }

    /** When the caller hung up, in seconds. */
    double end() {
        return events.getLast().at().toMillis() / 1000.0;
    }

    static short[] speech(int millis) {
        return Signature.of(1).sound(millis / 100).toPcm();
    }
}
