package dev.trunkline.caller.load;

import dev.trunkline.media.tone.CallSign;
import dev.trunkline.media.tone.CallSignReader;
import dev.trunkline.media.tone.CallSignTones;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds the agent's answers in what arrives, by energy: an answer begins with the first of three audible frames within five,
 * and ends when nothing audible has come for 0.7 s of the stream. What is missing or silent between two audible frames of an
 * answer was inserted. Reads whose answer it is. There is no clock in here. Used by one thread.
 */
final class AnswerEar {

    /**
     * One answer.
     *
     * @param onsetNanos arrival of its first audible frame
     * @param frames audible frames
     * @param inserted frames of silence, or missing ones, between audible ones
     * @param signs what it says, in order
     */
    record Answer(long onsetNanos, int frames, int inserted, List<CallSign> signs) {}

    private static final int FRAME = CallSignTones.FRAME;

    /** Root mean square of what is audible, of 32,768: -45 dBFS. */
    private static final double AUDIBLE = 0.0056 * 32_768;

    private static final double AUDIBLE_ENERGY = AUDIBLE * AUDIBLE * FRAME;
    private static final int PAUSE_FRAMES = 35;
    private static final int WINDOW = 5;
    private static final int NEEDED = 3;

    private final Consumer<Answer> answers;
    private final CallSignReader reader = new CallSignReader();
    private final List<CallSign> signs = new ArrayList<>();
    private boolean begun;
    private boolean confirmed;
    private long onset;
    private int firstTimestamp;
    private int lastTimestamp;
    private int frames;
    private int inserted;

    /** Tells the answers as they end. */
    AnswerEar(Consumer<Answer> answers) {
        this.answers = answers;
    }

    /** A frame of 20 ms came. */
    void frame(long arrivalNanos, int timestamp, short[] pcm) {
        boolean loud = energy(pcm) > AUDIBLE_ENERGY;
        if (begun) {
            int distance = (timestamp - lastTimestamp) / FRAME;
            boolean click = !confirmed && (timestamp - firstTimestamp) / FRAME >= WINDOW;
            if (click || distance > PAUSE_FRAMES) {
                end();
            } else if (loud && distance > 0) {
                inserted += distance - 1;
            }
        }
        if (!loud) {
            return;
        }
        if (!begun) {
            begun = true;
            onset = arrivalNanos;
            firstTimestamp = timestamp;
        }
        lastTimestamp = timestamp;
        frames++;
        confirmed |= frames >= NEEDED;
        reader.frame(CallSignTones.find(pcm, 0)).ifPresent(signs::add);
    }

    /** Nothing more comes. */
    void end() {
        if (confirmed) {
            answers.accept(new Answer(onset, frames, inserted, List.copyOf(signs)));
        }
        begun = false;
        confirmed = false;
        frames = 0;
        inserted = 0;
        signs.clear();
        reader.reset();
    }

    private static double energy(short[] pcm) {
        long sum = 0;
        for (int i = 0; i < FRAME; i++) {
            sum += (long) pcm[i] * pcm[i];
        }
        return sum;
    }
}
