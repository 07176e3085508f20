package dev.trunkline.models.moonshine;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.models.moonshine.HeardTurn.Understood;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.pool.ModelTask;
import dev.trunkline.models.pool.Priority;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recognition of one caller: decides when the models are to work on what was heard, and tells what they found, unless
 * something has been said or decided since that makes it obsolete.
 *
 * <p>The lock is held for copying 20 ms of sound at most, never during recognition; a media thread does not wait for a model.
 */
final class LocalTranscription implements Transcription {

    private static final System.Logger LOG = System.getLogger(LocalTranscription.class.getName());

    /** Somebody who speaks for longer without a pause has what was said first settled meanwhile; in samples. */
    private static final int LONG = 15_000 * HeardTurn.PER_MILLI;

    /** Guessing takes a call at most this part of one core's time: 1/3. */
    private static final int REST_FACTOR = 3;

    private static final long LONGEST_INTERVAL_NANOS = 3_000_000_000L;

    private final CallId call;
    private final Recogniser guessing;
    private final Recogniser settling;
    private final ModelPool pool;
    private final TranscriptListener listener;

    private final Object state = new Object();
    /** Taken before an event is told, so that there is one at a time, in order. */
    private final Object telling = new Object();

    private final HeardTurn turn = new HeardTurn();
    private boolean closed;
    /** Counts what makes running recognition obsolete: a start, a stop, a taken turn, the end. */
    private int epoch;

    private @Nullable ModelTask guess;
    private @Nullable ModelTask settlement;
    private boolean guessUnderWay;
    private long nextGuessNanos;

    LocalTranscription(
            CallId call, Recogniser guessing, Recogniser settling, ModelPool pool, TranscriptListener listener) {
        this.call = call;
        this.guessing = guessing;
        this.settling = settling;
        this.pool = pool;
        this.listener = listener;
    }

    @Override
    public void hear(byte[] audio, int offset, int length, long streamMillis) {
        synchronized (state) {
            if (!closed) {
                turn.hear(audio, offset, length, streamMillis);
                guessIfDue();
            }
        }
    }

    @Override
    public void speechStarted(long streamMillis) {
        synchronized (state) {
            if (!closed && !turn.speaking()) {
                makeObsolete();
                turn.start(streamMillis);
                nextGuessNanos = System.nanoTime();
            }
        }
    }

    @Override
    public void speechStopped(long streamMillis) {
        synchronized (state) {
            if (closed || !turn.speaking()) {
                return;
            }
            makeObsolete();
            turn.stop();
            int current = epoch;
            long mark = streamMillis * HeardTurn.PER_MILLI;
            Understood known = guessing == settling ? turn.guessCovering(streamMillis) : null;
            settlement = submit(
                    Priority.FINAL, known == null ? () -> settle(current, mark) : () -> settled(current, known, mark));
        }
    }

    @Override
    public void turnTaken() {
        synchronized (state) {
            makeObsolete();
            turn.taken();
        }
    }

    @Override
    public void close() {
        // an event that is being told has been told when this returns
        synchronized (telling) {
            synchronized (state) {
                closed = true;
                makeObsolete();
                turn.end();
            }
        }
    }

    private void makeObsolete() {
        epoch++;
        if (guess != null && guess.cancel()) {
            guessUnderWay = false;
        }
        if (settlement != null) {
            settlement.cancel();
        }
        guess = null;
        settlement = null;
    }

    private @Nullable ModelTask submit(Priority priority, Runnable work) {
        try {
            return pool.submit(priority, work);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "recognition: call {0}: {1}", call, e.getMessage());
            return null;
        }
    }

    private void guessIfDue() {
        if (!guessUnderWay
                && turn.guessable()
                && System.nanoTime() - nextGuessNanos >= 0
                && !pool.wanted(Priority.PARTIAL)) {
            int current = epoch;
            long asked = System.nanoTime();
            guess = submit(Priority.PARTIAL, () -> guess(current, asked));
            guessUnderWay = guess != null;
        }
    }

    private void guess(int current, long asked) {
        try {
            SpeechBuffer.Excerpt excerpt = open();
            if (excerpt.size() > LONG) {
                settleBeginning(current, excerpt);
                excerpt = open();
            }
            long heardTo = excerpt.endPosition();
            BooleanSupplier stop = () -> obsolete(current) || pool.wanted(Priority.PARTIAL);
            guessing.recognise(excerpt.samples(), stop)
                    .filter(piece -> !piece.looped())
                    .ifPresent(piece -> guessed(current, new Understood(piece, heardTo)));
        } catch (RuntimeException e) {
            fail(current, e);
        } finally {
            synchronized (state) {
                guessUnderWay = false;
                // the time that it waited counts too: so a busy pool is asked less often
                long took = System.nanoTime() - asked;
                nextGuessNanos = asked
                        + Math.clamp(
                                took * REST_FACTOR, LocalSpeechToText.GUESS_INTERVAL.toNanos(), LONGEST_INTERVAL_NANOS);
            }
        }
    }

    /** Taken when the work begins, not when it was asked for: it may have waited. */
    private SpeechBuffer.Excerpt open() {
        synchronized (state) {
            return turn.open();
        }
    }

    private void settleBeginning(int current, SpeechBuffer.Excerpt excerpt) {
        short[] samples = excerpt.samples();
        int cut = Recogniser.firstCut(samples);
        Optional<Decoded> decoded = settling.recognise(Arrays.copyOf(samples, cut), () -> obsolete(current));
        synchronized (state) {
            if (current == epoch) {
                decoded.ifPresent(piece -> turn.keep(new Understood(piece, excerpt.position() + cut)));
            }
        }
    }

    private void settle(int current, long mark) {
        if (obsolete(current)) {
            return;
        }
        SpeechBuffer.Excerpt excerpt = open();
        try {
            settling.recognise(excerpt.samples(), () -> obsolete(current))
                    .ifPresent(piece -> settled(current, new Understood(piece, excerpt.endPosition()), mark));
        } catch (RuntimeException e) {
            fail(current, e);
        }
    }

    private boolean obsolete(int current) {
        synchronized (state) {
            return current != epoch;
        }
    }

    private void guessed(int current, Understood understood) {
        synchronized (telling) {
            Decoded whole;
            synchronized (state) {
                if (current != epoch) {
                    return;
                }
                turn.guessed(understood);
                whole = turn.with(understood.piece());
            }
            tell(whole, false, understood.heardTo());
        }
    }

    private void settled(int current, Understood understood, long mark) {
        synchronized (telling) {
            Decoded whole;
            synchronized (state) {
                if (current != epoch) {
                    return;
                }
                whole = turn.with(understood.piece());
                turn.settledAtStop(understood);
            }
            tell(whole, true, Math.max(understood.heardTo(), mark));
        }
    }

    private void tell(Decoded whole, boolean settled, long upTo) {
        double confidence = whole.tokens() == 0 ? -1 : whole.confidence();
        listener.on(new TranscriptEvent.Hypothesis(whole.text(), settled, upTo / HeardTurn.PER_MILLI, confidence));
    }

    private void fail(int current, RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "recognition: call {0}: failed: {1}", call, e.toString());
        synchronized (telling) {
            if (!obsolete(current)) {
                listener.on(new TranscriptEvent.Failed(String.valueOf(e.getMessage()), false));
            }
        }
    }
}
