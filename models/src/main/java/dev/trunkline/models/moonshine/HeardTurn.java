package dev.trunkline.models.moonshine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has said in this turn, as sound that is still to be understood and as text that is settled for good. While
 * nobody speaks it keeps the last moments, in which a first word may have begun unnoticed; while somebody speaks it collects.
 * Guarded by its owner.
 */
final class HeardTurn {

    static final int PER_MILLI = Moonshine.SAMPLE_RATE / 1_000;

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

    /** Sound beyond that is let go unheard: music on hold, a radio, or the models have not had time for it at all. */
    private static final int LONGEST = 120_000 * PER_MILLI;

    /** A hole in the stream up to that is silence; beyond, the stream begins anew. */
    private static final long LONGEST_HOLE = 2_000L * PER_MILLI;

    /**
     * What was understood of the sound that is not kept as text yet.
     *
     * @param piece the words
     * @param heardTo stream position, in samples, up to which sound was considered
     */
    record Understood(Decoded piece, long heardTo) {}

    private final SpeechBuffer buffer = new SpeechBuffer();
    private final List<Decoded> settled = new ArrayList<>();
    private boolean begun;
    private boolean speaking;
    /** Whether there is speech in the buffer that no settled text covers. */
    private boolean collecting;

    private long collectedFrom;
    private long speechFrom;
    private long earliest;
    private @Nullable Understood lastGuess;
    private @Nullable Understood atStop;

    void hear(byte[] audio, int offset, int length, long streamMillis) {
        place(streamMillis * PER_MILLI);
        buffer.append(audio, offset, length);
        Understood known = atStop;
        if (known != null && !speaking && buffer.end() - known.heardTo() > APART) {
            keep(known);
            collecting = false;
        }
        if (collecting) {
            collectedFrom = Math.max(collectedFrom, buffer.end() - LONGEST);
            buffer.dropBefore(collectedFrom);
        } else {
            buffer.dropBefore(buffer.end() - PRE_ROLL - LATE);
        }
    }

    /** Keeps the buffer true to the clock of the stream. */
    private void place(long position) {
        long hole = position - buffer.end();
        if (!begun || Math.abs(hole) > LONGEST_HOLE) {
            begun = true;
            buffer.reset(position);
        } else if (hole > PER_MILLI) {
            buffer.appendSilence(hole);
        }
    }

    boolean speaking() {
        return speaking;
    }

    void start(long streamMillis) {
        speaking = true;
        atStop = null;
        speechFrom = streamMillis * PER_MILLI;
        if (!collecting) {
            collecting = true;
            collectedFrom = Math.max(earliest, speechFrom - PRE_ROLL);
        }
    }

    void stop() {
        speaking = false;
    }

    /** What was said before now is done with. */
    void taken() {
        settled.clear();
        lastGuess = null;
        atStop = null;
        earliest = buffer.end();
        collectedFrom = buffer.end();
        collecting = speaking;
    }

    /** Lets everything go. */
    void end() {
        speaking = false;
        collecting = false;
        settled.clear();
        buffer.reset(0);
    }

    /** Whether there is enough to guess at. */
    boolean guessable() {
        return speaking
                && buffer.end() - collectedFrom >= SHORTEST_GUESS
                && buffer.end() - speechFrom >= SHORTEST_SPEECH;
    }

    /** The sound that is still to be understood. */
    SpeechBuffer.Excerpt open() {
        return buffer.from(collectedFrom);
    }

    void guessed(Understood guess) {
        lastGuess = guess;
    }

    /** The last guess, if it heard all of what was said up to that moment, and more is not known; else null. */
    @Nullable
    Understood guessCovering(long streamMillis) {
        Understood guess = lastGuess;
        return guess != null && guess.heardTo() >= streamMillis * PER_MILLI + HEARD_OUT ? guess : null;
    }

    /** The text of a pause: kept for good if it is long, else only until the caller goes on. */
    void settledAtStop(Understood understood) {
        if (understood.heardTo() - collectedFrom > KEPT_BELOW) {
            keep(understood);
            collecting = false;
        } else {
            atStop = understood;
        }
    }

    /** Keeps a text for good, and lets the sound go that it covers. */
    void keep(Understood understood) {
        settled.add(understood.piece());
        collectedFrom = understood.heardTo();
        lastGuess = null;
        atStop = null;
    }

    /** The whole turn, if the open sound says this. */
    Decoded with(Decoded open) {
        List<Decoded> pieces = new ArrayList<>(settled);
        pieces.add(open);
        return Recogniser.join(pieces);
    }
}
