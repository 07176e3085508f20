package dev.trunkline.models.moonshine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;

/**
 * Recognition of sound of any length with a {@link Moonshine} model: cuts long sound at a pause, pads a short word with
 * silence, leaves out what is too faint to be speech, and puts the text together. Thread-safe, like the model.
 */
public final class Recogniser {

    /** Beyond that the models begin to repeat themselves. */
    private static final int LONGEST = 15 * Moonshine.SAMPLE_RATE;

    /** No cut before that: a longer piece has more for the words to be understood by. */
    private static final int SHORTEST = 8 * Moonshine.SAMPLE_RATE;

    /** A lone word is understood better with some silence about it. */
    private static final int PAD = Moonshine.SAMPLE_RATE / 5;

    private static final int PADDED_BELOW = 2 * Moonshine.SAMPLE_RATE;
    private static final int WINDOW = Moonshine.SAMPLE_RATE / 50;

    /** -60 dBFS: under the noise floor of a telephone line; the loudest 20 ms of speech are 20 to 50 dB above. */
    private static final double FAINT = 33 * 33;

    /** Decodes one piece of sound that is short enough for it. */
    @FunctionalInterface
    interface Model {
        /** The words, or empty if stopped. */
        Optional<Decoded> transcribe(float[] samples, BooleanSupplier stop);
    }

    private final Model model;

    public Recogniser(Moonshine model) {
        this(model::transcribe);
    }

    Recogniser(Model model) {
        this.model = model;
    }

    /**
     * The words in a piece of sound.
     *
     * @param samples linear 16-bit at {@value Moonshine#SAMPLE_RATE} Hz
     */
    public Decoded recognise(short[] samples) {
        return recognise(samples, () -> false).orElseThrow();
    }

    /**
     * The words in a piece of sound, unless something more urgent comes up.
     *
     * @param stop asked every few milliseconds
     * @return empty if stopped
     */
    Optional<Decoded> recognise(short[] samples, BooleanSupplier stop) {
        List<Decoded> pieces = new ArrayList<>();
        int from = 0;
        while (from < samples.length) {
            int to = cut(samples, from);
            if (audible(samples, from, to)) {
                Optional<Decoded> piece = model.transcribe(prepare(samples, from, to), stop);
                if (piece.isEmpty()) {
                    return Optional.empty();
                }
                pieces.add(piece.get());
            }
            from = to;
        }
        return Optional.of(join(pieces));
    }

    /** Where sound that is too long for one piece is best parted; its length if it is not too long. */
    static int firstCut(short[] samples) {
        return cut(samples, 0);
    }

    /** Pieces of one speech as one. */
    static Decoded join(List<Decoded> pieces) {
        StringJoiner text = new StringJoiner(" ");
        double confidence = 0;
        int tokens = 0;
        boolean looped = false;
        for (Decoded piece : pieces) {
            if (!piece.text().isEmpty()) {
                text.add(piece.text());
            }
            confidence += piece.confidence() * piece.tokens();
            tokens += piece.tokens();
            looped |= piece.looped();
        }
        return tokens == 0 ? Decoded.NOTHING : new Decoded(text.toString(), confidence / tokens, tokens, looped);
    }

    /** The end of the piece that begins there: the middle of the quietest moment, if the rest is too long for one. */
    private static int cut(short[] samples, int from) {
        if (samples.length - from <= LONGEST) {
            return samples.length;
        }
        int best = from + LONGEST;
        double quietest = Double.MAX_VALUE;
        // a pause is quiet for about 100 ms, a stop within a word is not
        int width = 5 * WINDOW;
        for (int at = from + SHORTEST; at + width <= from + LONGEST; at += WINDOW) {
            double energy = energy(samples, at, at + width);
            if (energy <= quietest) {
                quietest = energy;
                best = at + width / 2;
            }
        }
        return best;
    }

    private static double energy(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum / (to - from);
    }

    private static boolean audible(short[] samples, int from, int to) {
        for (int at = from; at < to; at += WINDOW) {
            if (energy(samples, at, Math.min(to, at + WINDOW)) > FAINT) {
                return true;
            }
        }
        return false;
    }

    private static float[] prepare(short[] samples, int from, int to) {
        int pad = to - from < PADDED_BELOW ? PAD : 0;
        float[] prepared = new float[to - from + 2 * pad];
        for (int i = from; i < to; i++) {
            prepared[pad + i - from] = samples[i] / 32_768f;
        }
        return prepared;
    }
}
