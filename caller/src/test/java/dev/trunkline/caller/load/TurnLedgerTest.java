package dev.trunkline.caller.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.media.tone.CallSign;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnLedgerTest {

    private static final long SECOND = 1_000_000_000;

    private final LoadFigures figures = new LoadFigures();
    private final TurnLedger ledger = new TurnLedger(17, figures);

    @Test
    void aReplyIsCountedFromTheEndOfItsOwnQuestion() {
        ledger.asked(1, 2 * SECOND);
        ledger.asked(2, 7 * SECOND);
        ledger.heard(answer(7 * SECOND + 600_000_000, 0, new CallSign(17, 2), new CallSign(17, 2)));
        assertThat(figures.answered).isEqualTo(1);
        assertThat(figures.replies.millisAt(0.5, 0)).isEqualTo(600);
        assertThat(ledger.unanswered()).isEqualTo(1);
    }

    @Test
    void aQuestionWithoutAnAnswerTookForEver() {
        ledger.asked(1, 0);
        ledger.asked(2, 5 * SECOND);
        ledger.heard(answer(SECOND, 0, new CallSign(17, 1)));
        assertThat(figures.replies.millisAt(0.5, ledger.unanswered())).isEqualTo(1_000);
        assertThat(figures.replies.millisAt(0.99, ledger.unanswered())).isInfinite();
    }

    @Test
    void anotherCallersAnswerIsCountedAndAnswersNothing() {
        ledger.asked(1, 0);
        ledger.heard(answer(SECOND, 0, new CallSign(18, 1)));
        assertThat(figures.crossed).isEqualTo(1);
        assertThat(figures.answered).isZero();
        assertThat(ledger.unanswered()).isEqualTo(1);
    }

    @Test
    void anAnswerThatTurnsIntoAnothersHalfWayIsCrossed() {
        ledger.asked(1, 0);
        ledger.heard(answer(SECOND, 0, new CallSign(17, 1), new CallSign(18, 1)));
        assertThat(figures.crossed).isEqualTo(1);
    }

    @Test
    void theGreetingAndAnswersToWhatDoesNotCountAreNobodysReply() {
        ledger.asked(5, 0);
        ledger.heard(answer(SECOND, 0, new CallSign(0, 0)));
        ledger.heard(answer(SECOND, 0, new CallSign(17, 4)));
        assertThat(figures.answered + figures.crossed + figures.unreadable).isZero();
    }

    @Test
    void silenceIsAPartOfTheFramesOfAnswers() {
        ledger.asked(1, 0);
        ledger.heard(answer(SECOND, 25, new CallSign(17, 1)));
        assertThat(figures.insertedFrames).isEqualTo(25);
        assertThat(figures.answerFrames).isEqualTo(125);
        assertThat(figures.cutShort).isZero();
    }

    @Test
    void anAnswerOfWhichSomethingIsMissingIsCutShortAndOneWithoutASignUnreadable() {
        ledger.asked(1, 0);
        ledger.heard(new AnswerEar.Answer(SECOND, 60, 0, List.of(new CallSign(17, 1))));
        ledger.heard(new AnswerEar.Answer(SECOND, 60, 0, List.of()));
        assertThat(figures.cutShort).isEqualTo(1);
        assertThat(figures.unreadable).isEqualTo(1);
    }

    private static AnswerEar.Answer answer(long onset, int inserted, CallSign... signs) {
        return new AnswerEar.Answer(onset, TurnLedger.ANSWER_FRAMES, inserted, List.of(signs));
    }
}
