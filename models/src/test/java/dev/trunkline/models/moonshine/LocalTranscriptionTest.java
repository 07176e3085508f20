package dev.trunkline.models.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.pool.Priority;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a model that, instead of words, tells how long the sound was that it got, in tenths of a second; short sound is padded. */
class LocalTranscriptionTest {

    private final ModelPool pool = new ModelPool(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<TranscriptEvent> events = new CopyOnWriteArrayList<>();
    private final List<Integer> decoded = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private long now;

    private final Recogniser recogniser = new Recogniser(this::decode);
    private final LocalTranscription transcription =
            new LocalTranscription(new CallId("call-1"), recogniser, recogniser, pool, events::add);

    private Optional<Decoded> decode(float[] samples, BooleanSupplier stop) {
        if (broken) {
            throw new RecognitionException("the runtime gave up", new IllegalStateException());
        }
        if (stop.getAsBoolean()) {
            return Optional.empty();
        }
        decoded.add(samples.length);
        return Optional.of(new Decoded("<" + Math.round(samples.length / 1_600f) + ">", 0.9, 5, false));
    }

    @AfterEach
    void end() {
        gate.countDown();
        transcription.close();
        pool.close();
    }

    @Test
    void atTheStopOneSettledTextCoversTheSpeechAndHalfASecondBeforeIt() {
        quiet(3_000);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);

        TranscriptEvent.Hypothesis last = settled(1);
        assertThat(last.text()).isEqualTo("<25>");
        assertThat(last.upToMillis()).isEqualTo(5_000);
        assertThat(last.confidence()).isEqualTo(0.9);
    }

    @Test
    void aStartThatIsToldLateReachesBackIntoWhatWasHeardBefore() {
        quiet(3_000);
        speak(1_000);
        transcription.speechStarted(now - 400);
        speak(1_600);
        transcription.speechStopped(now);

        assertThat(settled(1).text()).isEqualTo("<25>");
    }

    @Test
    void whileSomebodySpeaksItGuessesAtWhatWasSaidSoFar() {
        guessAt900Millis();

        assertThat(hypotheses(false)).singleElement().satisfies(guess -> {
            assertThat(guess.text()).isEqualTo("<18>");
            assertThat(guess.upToMillis()).isEqualTo(1_400);
        });
        transcription.speechStopped(now);
        assertThat(settled(1).text()).isEqualTo("<18>");
        assertThat(decoded).hasSize(2);
    }

    @Test
    void aMomentOfSpeechIsNotGuessedAt() {
        quiet(500);
        transcription.speechStarted(now);
        speak(600);
        transcription.speechStopped(now);

        settled(1);
        assertThat(hypotheses(false)).isEmpty();
    }

    @Test
    void aGuessThatHeardTheSilenceAfterTheLastWordIsSettledWithoutDecodingAgain() {
        guessAt900Millis();
        transcription.speechStopped(now - 200);

        assertThat(settled(1).text()).isEqualTo("<18>");
        assertThat(decoded).hasSize(1);
    }

    @Test
    void speechThatGoesOnAfterAShortPauseIsOneText() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        assertThat(settled(1).text()).isEqualTo("<20>");

        quiet(500);
        transcription.speechStarted(now);
        speak(1_000);
        transcription.speechStopped(now);

        assertThat(settled(2).text()).isEqualTo("<35>");
    }

    @Test
    void aSettledTextThatSpeechHasOvertakenIsNotTold() {
        occupyThePool();
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        speak(200);
        transcription.speechStarted(now);
        speak(500);
        transcription.speechStopped(now);
        gate.countDown();

        assertThat(settled(1).text()).isEqualTo("<27>");
        assertThat(decoded).hasSize(1);
    }

    @Test
    void whatWasSaidBeforeALongSilenceIsKeptAndNotDecodedAgain() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        settled(1);
        quiet(4_000);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);

        assertThat(settled(2).text()).isEqualTo("<20> <25>");
    }

    @Test
    void whatWasSaidBeforeThePauseOfALongTurnIsKeptAndNotDecodedAgain() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(8_000);
        transcription.speechStopped(now);
        settled(1);
        quiet(500);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);

        assertThat(settled(2).text()).isEqualTo("<85> <25>");
    }

    @Test
    void afterTheTurnIsTakenTheNextTextBeginsEmpty() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        settled(1);
        transcription.turnTaken();
        quiet(100);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);

        assertThat(settled(2).text()).isEqualTo("<21>");
    }

    @Test
    void theTurnThatWasTakenDoesNotComeBackAfterALongSilence() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        settled(1);
        transcription.turnTaken();
        quiet(4_000);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);

        assertThat(settled(2).text()).isEqualTo("<25>");
    }

    @Test
    void aTextOfATurnThatWasTakenMeanwhileIsNotTold() {
        occupyThePool();
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_500);
        transcription.speechStopped(now);
        transcription.turnTaken();
        gate.countDown();

        await().until(() -> pool.busy() == 0 && pool.waiting(Priority.FINAL) == 0);
        assertThat(events).isEmpty();
    }

    @Test
    void guessesAreLeftOutWhileThePoolHasMoreUrgentWork() {
        occupyThePool();
        pool.submit(Priority.FIRST_SPEECH, () -> {});
        quiet(1_000);
        transcription.speechStarted(now);
        speak(5_000);
        assertThat(pool.waiting(Priority.PARTIAL)).isZero();
        gate.countDown();

        await().until(() -> pool.busy() == 0 && pool.waiting(Priority.FIRST_SPEECH) == 0);
        speak(100);
        await().until(() -> !hypotheses(false).isEmpty());
    }

    @Test
    void oneGuessOfACallAtMostWaitsForAThread() {
        occupyThePool();
        quiet(1_000);
        transcription.speechStarted(now);
        speak(5_000);

        assertThat(pool.waiting(Priority.PARTIAL)).isEqualTo(1);
        gate.countDown();
        await().until(() -> hypotheses(false).size() == 1);
        assertThat(hypotheses(false).getFirst().upToMillis()).isEqualTo(6_000);
    }

    @Test
    void somebodyWhoSpeaksWithoutPauseIsUnderstoodInPieces() {
        quiet(500);
        transcription.speechStarted(now);
        speak(40_000);
        transcription.speechStopped(now);

        String text = settled(1).text();
        assertThat(decoded).allSatisfy(samples -> assertThat(samples).isLessThanOrEqualTo(15 * 16_000));
        int tenths = java.util.regex.Pattern.compile("\\d+")
                .matcher(text)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group()))
                .sum();
        assertThat(tenths).isBetween(403, 415);
    }

    @Test
    void theBeginningOfALongSpeechIsSettledWhileItGoesOn() {
        occupyThePool();
        quiet(500);
        transcription.speechStarted(now);
        speak(20_000);
        gate.countDown();
        await().until(() -> hypotheses(false).size() == 1);
        assertThat(hypotheses(false).getFirst().text()).matches("<\\d+> <\\d+>");
        int before = decoded.stream().mapToInt(Integer::intValue).sum();
        decoded.clear();
        transcription.speechStopped(now);
        settled(1);

        assertThat(decoded.stream().mapToInt(Integer::intValue).sum()).isLessThan(before / 2);
    }

    @Test
    void aFailureOfTheModelIsToldAndTheNextSpeechIsRecognised() {
        broken = true;
        quiet(500);
        transcription.speechStarted(now);
        speak(500);
        transcription.speechStopped(now);
        await().until(() -> events.size() == 1);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        TranscriptEvent.Failed.class,
                        failed -> assertThat(failed.fatal()).isFalse());
        assertThat(pool.failed()).isZero();

        broken = false;
        transcription.turnTaken();
        quiet(1_000);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);
        assertThat(settled(1).text()).isEqualTo("<25>");
    }

    @Test
    void aHoleInTheStreamIsSilence() {
        quiet(1_000);
        transcription.speechStarted(now);
        speak(1_000);
        now += 500;
        speak(1_000);
        transcription.speechStopped(now);

        assertThat(settled(1).text()).isEqualTo("<30>");
    }

    @Test
    void afterTheEndNothingIsTold() {
        occupyThePool();
        quiet(1_000);
        transcription.speechStarted(now);
        speak(2_000);
        transcription.speechStopped(now);
        transcription.close();
        speak(1_000);
        gate.countDown();

        await().until(() -> pool.busy() == 0);
        assertThat(events).isEmpty();
    }

    /** The guess is asked for during the speech; the thread is kept busy until it is over. */
    private void guessAt900Millis() {
        occupyThePool();
        quiet(500);
        transcription.speechStarted(now);
        speak(900);
        gate.countDown();
        await().until(() -> hypotheses(false).size() == 1);
    }

    private void quiet(int millis) {
        hear(millis, 0);
    }

    private void speak(int millis) {
        hear(millis, 3_000);
    }

    private void hear(int millis, int amplitude) {
        for (int done = 0; done < millis; done += 20, now += 20) {
            byte[] audio = new byte[640];
            for (int i = 0; i < audio.length; i += 2) {
                int sample = i % 40 < 20 ? amplitude : -amplitude;
                audio[i] = (byte) sample;
                audio[i + 1] = (byte) (sample >> 8);
            }
            transcription.hear(audio, 0, audio.length, now);
        }
    }

    private List<TranscriptEvent.Hypothesis> hypotheses(boolean settled) {
        return events.stream()
                .filter(TranscriptEvent.Hypothesis.class::isInstance)
                .map(TranscriptEvent.Hypothesis.class::cast)
                .filter(hypothesis -> hypothesis.settled() == settled)
                .toList();
    }

    private TranscriptEvent.Hypothesis settled(int count) {
        await().until(() -> hypotheses(true).size() == count);
        return hypotheses(true).getLast();
    }

    private void occupyThePool() {
        pool.submit(Priority.FINAL, () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> pool.busy() == 1 && pool.waiting(Priority.FINAL) == 0);
    }
}
