package dev.trunkline.caller.script;

import dev.trunkline.caller.sound.AgentEar;
import dev.trunkline.caller.sound.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays a script: asked every 20 ms, it says what goes out. It knows the agent by the ear alone and the time by what it is
 * told, in nanoseconds since the answer, so that it runs in virtual time as well. Used by one thread.
 */
public final class ScriptPlayer {

    /** Samples of one round at 8 kHz. */
    public static final int FRAME = 160;

    /** An agent that was audible this short a time ago is still speaking. */
    private static final long STILL_SPEAKING = 200_000_000L;

    private final Script script;
    private final AgentEar ear;
    private final ArrayDeque<TimedKeys> timedKeys;
    private final KeyPresser keys = new KeyPresser();
    private final List<SpokenTurn> spoken = new ArrayList<>();

    private int step;
    private @Nullable Content playing;
    private int frame;
    private int frames;
    private long started;
    private @Nullable TimedKeys timed;
    private long timedStart;

    /** When the last thing that asks for an answer was complete. */
    private long reference;

    /** When the last step was complete, whatever it was. */
    private long stepEnd;

    private int asking = -1;
    private boolean greetingMissed;
    private long answeredAt = -1;

    /** A player at the moment of the answer. */
    public ScriptPlayer(Script script, AgentEar ear) {
        this.script = script;
        this.ear = ear;
        List<TimedKeys> sorted = new ArrayList<>(script.timedKeys());
        sorted.sort(Comparator.comparing(TimedKeys::at));
        this.timedKeys = new ArrayDeque<>(sorted);
    }

    /** What goes out now. */
    public Round next(long now) {
        ear.settle(now);
        if (now >= script.maxDuration().toNanos()) {
            return new Round.HangUp("the longest duration was reached");
        }
        Round key = nextKey(now);
        if (key != null) {
            return key;
        }
        if (playing == null
                && step < script.steps().size()
                && due(script.steps().get(step).cue(), now)) {
            begin(script.steps().get(step).content(), now);
        }
        Content content = playing;
        if (content == null) {
            return step < script.steps().size() ? Round.SILENCE : finish(now);
        }
        return switch (content) {
            case Content.Speech speech -> speak(speech, now);
            case Content.Keys pressed -> {
                Round first = keys.next();
                yield first == null ? Round.SILENCE : first;
            }
            case Content.Quiet quiet -> {
                if (now - started >= quiet.length().toNanos()) {
                    complete(now, false);
                }
                yield Round.SILENCE;
            }
            case Content.HangUp hangUp -> {
                complete(now, false);
                yield new Round.HangUp("the script says so");
            }
        };
    }

    /** What was said and pressed so far. */
    public List<SpokenTurn> spoken() {
        List<SpokenTurn> all = new ArrayList<>(spoken);
        all.sort(Comparator.comparingLong(SpokenTurn::startNanos));
        return all;
    }

    /** The steps that have not begun, by their labels; hanging up is none. */
    public List<String> unsaid() {
        List<String> labels = new ArrayList<>();
        int from = playing == null ? step : step + 1;
        for (Step left : script.steps()
                .subList(Math.min(from, script.steps().size()), script.steps().size())) {
            if (left.content() instanceof Content.Speech speech) {
                labels.add(speech.label());
            } else if (left.content() instanceof Content.Keys pressed) {
                labels.add(label(pressed));
            }
        }
        return labels;
    }

    /** Whether the agent said nothing at the beginning for as long as the caller was willing to wait. */
    public boolean greetingMissed() {
        return greetingMissed;
    }

    private @Nullable Round nextKey(long now) {
        TimedKeys first = timedKeys.peek();
        if (timed == null && first != null && now >= first.at().toNanos() && !keys.busy()) {
            timedKeys.remove();
            timed = first;
            keys.press(first.keys());
            timedStart = now;
        }
        if (!keys.busy()) {
            return null;
        }
        Round round = keys.next();
        if (!keys.busy()) {
            keysDone(now);
        }
        return round;
    }

    private void keysDone(long now) {
        TimedKeys beside = timed;
        if (beside != null) {
            timed = null;
            if (step >= script.steps().size()) {
                asking = spoken.size();
                reference = now;
                answeredAt = -1;
            }
            spoken.add(new SpokenTurn(-1, label(beside.keys()), timedStart, now, false, stillSpeaking(now)));
            ear.cut();
        } else if (playing instanceof Content.Keys) {
            complete(now, true);
        }
    }

    private boolean due(Cue cue, long now) {
        return switch (cue) {
            case Cue.AfterAgent after -> agentDone(now);
            case Cue.AfterStep after -> now - stepEnd >= after.pause().toNanos();
            case Cue.IntoAgent into ->
                ear.speaking() && ear.onset() >= reference
                        ? now - ear.onset() >= into.into().toNanos()
                        : agentDone(now);
        };
    }

    /** Whether the agent has spoken since the reference and paused, or has stayed silent for too long. */
    private boolean agentDone(long now) {
        if (ear.lastAudible() > reference) {
            return !ear.speaking();
        }
        if (now - reference < script.patience().toNanos()) {
            return false;
        }
        if (asking < 0) {
            greetingMissed = true;
        } else {
            spoken.set(asking, spoken.get(asking).asUnanswered());
        }
        return true;
    }

    private void begin(Content content, long now) {
        playing = content;
        frame = 0;
        started = now;
        if (content instanceof Content.Speech speech) {
            frames = audibleFrames(speech.pcm());
        } else if (content instanceof Content.Keys pressed) {
            keys.press(pressed);
        }
    }

    private Round speak(Content.Speech speech, long now) {
        Round round = new Round.Voice(speech.pcm(), frame * FRAME);
        frame++;
        if (frame >= frames) {
            complete(now, true);
        }
        return round;
    }

    private void complete(long now, boolean asks) {
        Content content = playing;
        playing = null;
        stepEnd = now;
        if (asks && content != null) {
            String label = content instanceof Content.Speech speech ? speech.label() : label((Content.Keys) content);
            asking = spoken.size();
            spoken.add(new SpokenTurn(step, label, started, now, false, stillSpeaking(now)));
            reference = now;
            ear.cut();
        }
        step++;
    }

    private Round finish(long now) {
        if (answeredAt < 0) {
            boolean quietEnd = !script.steps().isEmpty() && asking < 0;
            if (!quietEnd && !agentDone(now)) {
                return Round.SILENCE;
            }
            answeredAt = now;
        }
        return now - answeredAt >= script.stay().toNanos() && timedKeys.isEmpty()
                ? new Round.HangUp("the script is over")
                : Round.SILENCE;
    }

    private boolean stillSpeaking(long now) {
        return ear.speaking() && now - ear.lastAudible() < STILL_SPEAKING;
    }

    private static String label(Content.Keys pressed) {
        return "[keys " + pressed.digits() + "]";
    }

    /** Frames up to the last audible one: silence at the end of a recording is no speech. */
    private static int audibleFrames(short[] pcm) {
        int count = (pcm.length + FRAME - 1) / FRAME;
        while (count > 1
                && Level.dbfs(pcm, (count - 1) * FRAME, Math.min(FRAME, pcm.length - (count - 1) * FRAME))
                        <= AgentEar.AUDIBLE) {
            count--;
        }
        return count;
    }
}
