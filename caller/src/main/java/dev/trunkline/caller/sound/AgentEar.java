package dev.trunkline.caller.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells from the energy of what arrives when the agent speaks. An utterance begins with the first of three audible frames
 * within five (a click of one frame is none) and ends when nothing audible came for a while. Times are nanoseconds since
 * the answer, given by the caller: there is no clock in here. Used by one thread.
 */
public final class AgentEar {

    /** Frames quieter than that are silence, in dBFS; G.711's idle noise is near -70, speech near -20. */
    public static final double AUDIBLE = -45;

    private static final int WINDOW = 5;
    private static final int NEEDED = 3;

    private final long pauseNanos;
    private final long[] audibleAt = new long[WINDOW];
    private final boolean[] audible = new boolean[WINDOW];
    private final List<Utterance> finished = new ArrayList<>();
    private int frames;
    private boolean speaking;
    private long onset = -1;
    private long lastAudible = -1;

    /**
     * An ear that takes a silence of that length for the end of an utterance.
     *
     * @param pauseNanos customarily 0.9 s
     */
    public AgentEar(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    /** One frame as it arrived. */
    public void frame(long arrivalNanos, short[] pcm, int offset, int length) {
        boolean loud = Level.dbfs(pcm, offset, length) > AUDIBLE;
        audible[frames % WINDOW] = loud;
        audibleAt[frames % WINDOW] = arrivalNanos;
        frames++;
        settle(arrivalNanos);
        if (speaking) {
            if (loud) {
                lastAudible = arrivalNanos;
            }
            return;
        }
        int count = 0;
        long first = Long.MAX_VALUE;
        for (int i = 0; i < Math.min(frames, WINDOW); i++) {
            if (audible[i]) {
                count++;
                first = Math.min(first, audibleAt[i]);
            }
        }
        if (loud && count >= NEEDED) {
            speaking = true;
            onset = first;
            lastAudible = arrivalNanos;
        }
    }

    /** Lets time pass without a frame. */
    public void settle(long nowNanos) {
        if (speaking && nowNanos - lastAudible >= pauseNanos) {
            cut();
        }
    }

    /** Ends the utterance here: what comes next is a new one, however short the pause. */
    public void cut() {
        if (speaking) {
            finished.add(new Utterance(onset, lastAudible));
            speaking = false;
            Arrays.fill(audible, false);
        }
    }

    /** Whether an utterance has begun and not ended by a pause. */
    public boolean speaking() {
        return speaking;
    }

    /** When the newest utterance began; -1 before the first. */
    public long onset() {
        return onset;
    }

    /** When the newest audible frame of an utterance arrived; -1 before the first. */
    public long lastAudible() {
        return lastAudible;
    }

    /** All utterances so far, the one that goes on included. */
    public List<Utterance> utterances() {
        List<Utterance> all = new ArrayList<>(finished);
        if (speaking) {
            all.add(new Utterance(onset, lastAudible));
        }
        return all;
    }
}
