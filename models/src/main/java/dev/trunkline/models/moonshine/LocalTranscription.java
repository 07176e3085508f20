package dev.trunkline.models.moonshine;

import dev.trunkline.core.call.CallId;
import dev.trunkline.core.speech.TranscriptEvent;
import dev.trunkline.core.speech.TranscriptListener;
import dev.trunkline.core.speech.Transcription;
import dev.trunkline.models.pool.ModelPool;
import dev.trunkline.models.pool.ModelTask;
import dev.trunkline.models.pool.Priority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The recognition of one caller. While nobody speaks it keeps the last moments, in which a first word may have begun
 * unnoticed; while somebody speaks it collects. What was said before a long stretch's pause is settled for good, so that a
 * long turn is not decoded again from its beginning.
 *
 * <p>The lock is held for copying 20 ms of sound at most, never during recognition; a media thread does not wait for a model.
 */
final class LocalTranscription implements Transcription {

    private static final System.Logger LOG = System.getLogger(LocalTranscription.class.getName());

    private static final int PER_MILLI = Moonshine.SAMPLE_RATE / 1_000;
    private static final int PRE_ROLL = 500 * PER_MILLI;

    /** How late the start of speech may be told. */
    private static final int LATE = 700 * PER_MILLI;

    /** Less than that is guessed wrong more often than right. */
    private static final int SHORTEST_GUESS = 1_000 * PER_MILLI;

    private static final int SHORTEST_SPEECH = 700 * PER_MILLI;

    /** At a pause after that much sound the text is kept and the sound let go. */
    private static final int KEPT_BELOW = 6_000 * PER_MILLI;

    /** A guess that heard so much of the silence after the last word heard all of it. */
    private static final int HEARD_OUT = 100 * PER_MILLI;

    /** After that much silence what is said next is a piece of its own. */
    private static final int APART = 1_500 * PER_MILLI;

    /** Somebody who speaks for longer without a pause has what was said first settled meanwhile. */
    private static final int LONG = 15_000 * PER_MILLI;

    /** Sound beyond that is let go unheard: music on hold, a radio, or the models have not had time for it at all. */
    private static final int LONGEST = 120_000 * PER_MILLI;

    /** Guessing takes a call at most this part of one core's time: 1/3. */
    private static final int REST_FACTOR = 3;

    private static final long LONGEST_INTERVAL_NANOS = 3_000_000_000L;

    /** A hole in the stream up to that is silence; beyond, the stream begins anew. */
    private static final long LONGEST_HOLE = 2_000L * PER_MILLI;

    private final CallId call;
    private final Recogniser guessing;
    private final Recogniser settling;
    private final ModelPool pool;
    private final TranscriptListener listener;

    private final Object state = new Object();
    /** Taken before an event is told, so that there is one at a time, in order. */
    private final Object telling = new Object();

    private final SpeechBuffer buffer = new SpeechBuffer();
    private final List<Decoded> settled = new ArrayList<>();
    private boolean begun;
    private boolean speaking;
    private boolean closed;
    /** Whether there is speech in the buffer that no settled text covers. */
    private boolean collecting;

    private long collectedFrom;
    private long speechFrom;
    private long earliest;
    /** Counts what makes running recognition obsolete: a stop, a taken turn, the end. */
    private int epoch;

    private @Nullable ModelTask guess;
    private @Nullable ModelTask settlement;
    private boolean guessUnderWay;
    private long nextGuessNanos;
    /** What the last complete guess heard, and up to where. */
    private Decoded lastGuess = Decoded.NOTHING;

    private long lastGuessTo;
    /** What was settled at the last stop, as long as it is not kept, and up to where. */
    private @Nullable Decoded atStop;

    private long atStopTo;

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
            if (closed) {
                return;
            }
            place(streamMillis * PER_MILLI);
            buffer.append(audio, offset, length);
            if (collecting) {
                partFromWhatWasSettled();
                collectedFrom = Math.max(collectedFrom, buffer.end() - LONGEST);
                buffer.dropBefore(collectedFrom);
            } else {
                buffer.dropBefore(buffer.end() - PRE_ROLL - LATE);
            }
            if (speaking) {
                guessIfDue();
            }
        }
    }

    private void partFromWhatWasSettled() {
        Decoded known = atStop;
        if (!speaking && known != null && buffer.end() - atStopTo > APART) {
            keep(known, atStopTo);
            collecting = false;
        }
    }

    private void keep(Decoded piece, long heardTo) {
        settled.add(piece);
        collectedFrom = heardTo;
        forgetGuess();
        atStop = null;
    }

    /** Keeps the buffer true to the clock of the stream. */
    private void place(long position) {
        long hole = position - buffer.end();
        if (!begun || hole > LONGEST_HOLE || hole < -LONGEST_HOLE) {
            begun = true;
            buffer.reset(position);
        } else if (hole > PER_MILLI) {
            buffer.appendSilence(hole);
        }
    }

    @Override
    public void speechStarted(long streamMillis) {
        synchronized (state) {
            if (closed || speaking) {
                return;
            }
            speaking = true;
            atStop = null;
            epoch++;
            cancelQueued();
            speechFrom = streamMillis * PER_MILLI;
            if (!collecting) {
                collecting = true;
                collectedFrom = Math.max(earliest, speechFrom - PRE_ROLL);
            }
            nextGuessNanos = System.nanoTime();
        }
    }

    @Override
    public void speechStopped(long streamMillis) {
        synchronized (state) {
            if (closed || !speaking) {
                return;
            }
            speaking = false;
            epoch++;
            cancelQueued();
            long mark = streamMillis * PER_MILLI;
            int current = epoch;
            if (lastGuessTo >= mark + HEARD_OUT && guessing == settling) {
                Decoded known = lastGuess;
                long upTo = lastGuessTo;
                settlement = submit(Priority.FINAL, () -> settle(current, known, upTo, mark));
            } else {
                settlement = submit(Priority.FINAL, () -> settle(current, mark));
            }
        }
    }

    @Override
    public void turnTaken() {
        synchronized (state) {
            epoch++;
            cancelQueued();
            settled.clear();
            forgetGuess();
            atStop = null;
            earliest = buffer.end();
            collectedFrom = buffer.end();
            collecting = speaking;
        }
    }

    @Override
    public void close() {
        // an event that is being told has been told when this returns
        synchronized (telling) {
            synchronized (state) {
                closed = true;
                speaking = false;
                collecting = false;
                epoch++;
                cancelQueued();
                buffer.reset(0);
            }
        }
    }

    private void cancelQueued() {
        if (guess != null && guess.cancel()) {
            guessUnderWay = false;
        }
        if (settlement != null) {
            settlement.cancel();
        }
        guess = null;
        settlement = null;
    }

    private void forgetGuess() {
        lastGuess = Decoded.NOTHING;
        lastGuessTo = 0;
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
        if (guessUnderWay
                || System.nanoTime() - nextGuessNanos < 0
                || buffer.end() - collectedFrom < SHORTEST_GUESS
                || buffer.end() - speechFrom < SHORTEST_SPEECH
                || pool.wanted(Priority.PARTIAL)) {
            return;
        }
        int current = epoch;
        long asked = System.nanoTime();
        guess = submit(Priority.PARTIAL, () -> guess(current, asked));
        guessUnderWay = guess != null;
    }

    private void guess(int current, long asked) {
        try {
            SpeechBuffer.Excerpt excerpt = excerpt();
            if (excerpt.size() > LONG) {
                settleBeginning(current, excerpt);
                excerpt = excerpt();
            }
            long heardTo = excerpt.endPosition();
            BooleanSupplier stop = () -> obsolete(current) || pool.wanted(Priority.PARTIAL);
            Optional<Decoded> decoded = guessing.recognise(excerpt.samples(), stop);
            decoded.filter(piece -> !piece.looped()).ifPresent(piece -> tell(current, false, piece, heardTo));
        } catch (RuntimeException e) {
            fail(current, e);
        } finally {
            synchronized (state) {
                guessUnderWay = false;
                long took = System.nanoTime() - asked;
                long interval = Math.clamp(
                        took * REST_FACTOR, LocalSpeechToText.GUESS_INTERVAL.toNanos(), LONGEST_INTERVAL_NANOS);
                nextGuessNanos = asked + interval;
            }
        }
    }

    /** Taken when the work begins, not when it was asked for: it may have waited. */
    private SpeechBuffer.Excerpt excerpt() {
        synchronized (state) {
            return buffer.from(collectedFrom);
        }
    }

    private void settleBeginning(int current, SpeechBuffer.Excerpt excerpt) {
        short[] samples = excerpt.samples();
        int cut = Recogniser.firstCut(samples);
        Optional<Decoded> decoded = settling.recognise(Arrays.copyOf(samples, cut), () -> obsolete(current));
        synchronized (state) {
            if (current == epoch) {
                decoded.ifPresent(piece -> keep(piece, excerpt.position() + cut));
            }
        }
    }

    private void settle(int current, long mark) {
        if (obsolete(current)) {
            return;
        }
        SpeechBuffer.Excerpt excerpt = excerpt();
        try {
            settling.recognise(excerpt.samples(), () -> obsolete(current))
                    .ifPresent(piece -> settle(current, piece, excerpt.endPosition(), mark));
        } catch (RuntimeException e) {
            fail(current, e);
        }
    }

    private void settle(int current, Decoded piece, long heardTo, long mark) {
        tell(current, true, piece, Math.max(heardTo, mark));
        synchronized (state) {
            if (current != epoch) {
                return;
            }
            if (heardTo - collectedFrom > KEPT_BELOW) {
                keep(piece, heardTo);
                collecting = false;
            } else {
                atStop = piece;
                atStopTo = heardTo;
            }
        }
    }

    private boolean obsolete(int current) {
        synchronized (state) {
            return current != epoch;
        }
    }

    private void tell(int current, boolean isSettled, Decoded piece, long heardTo) {
        synchronized (telling) {
            Decoded whole;
            synchronized (state) {
                if (current != epoch) {
                    return;
                }
                if (!isSettled) {
                    lastGuess = piece;
                    lastGuessTo = heardTo;
                }
                List<Decoded> pieces = new ArrayList<>(settled);
                pieces.add(piece);
                whole = Recogniser.join(pieces);
            }
            double confidence = whole.tokens() == 0 ? -1 : whole.confidence();
            listener.on(new TranscriptEvent.Hypothesis(whole.text(), isSettled, heardTo / PER_MILLI, confidence));
        }
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
