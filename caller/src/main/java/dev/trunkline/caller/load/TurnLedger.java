package dev.trunkline.caller.load;

import dev.trunkline.media.tone.CallSign;
import java.util.HashMap;
import java.util.Map;

/**
 * The questions of one caller and the answers to them: which were answered and when, and what was heard that is no answer of
 * theirs. Used by one thread at a time.
 */
final class TurnLedger {

    /** Frames of an answer of the stub services. */
    static final int ANSWER_FRAMES = 100;

    private static final CallSign GREETING = new CallSign(0, 0);

    private final int caller;
    private final Map<Integer, Long> open = new HashMap<>();
    private final LoadFigures figures;

    TurnLedger(int caller, LoadFigures figures) {
        this.caller = caller;
        this.figures = figures;
    }

    /** The last frame of a question's speech has been sent, and the question counts. */
    void asked(int turn, long endNanos) {
        figures.asked++;
        open.put(turn, endNanos);
    }

    /** Something was heard. */
    void heard(AnswerEar.Answer answer) {
        if (answer.signs().isEmpty()) {
            figures.unreadable++;
            return;
        }
        boolean crossed = false;
        for (CallSign sign : answer.signs()) {
            if (sign.equals(GREETING)) {
                continue;
            }
            crossed |= sign.caller() != caller;
            Long endNanos = sign.caller() == caller ? open.remove(sign.turn()) : null;
            if (endNanos != null) {
                answered(answer, endNanos);
            }
        }
        if (crossed) {
            figures.crossed++;
        }
    }

    private void answered(AnswerEar.Answer answer, long endNanos) {
        figures.answered++;
        figures.replies.add(answer.onsetNanos() - endNanos);
        figures.answerFrames += answer.frames() + answer.inserted();
        figures.insertedFrames += answer.inserted();
        if (answer.frames() < ANSWER_FRAMES) {
            figures.cutShort++;
        }
    }

    /** Questions that have no answer. */
    int unanswered() {
        return open.size();
    }
}
