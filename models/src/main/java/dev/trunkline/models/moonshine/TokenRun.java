package dev.trunkline.models.moonshine;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The tokens of one decoding: takes the likeliest of each step and notices when to stop. A run ends at the end token, at
 * the limit, or when it says the same few tokens over and over, as these models do on sound that they cannot make sense of.
 * Used by one thread.
 */
final class TokenRun {

    /** The longest phrase whose repetition is looked for, in tokens. */
    private static final int LONGEST_PHRASE = 12;

    /** So many tokens of the same repetition are a loop; "no, no, no, no" is speech. */
    private static final int LOOP_TOKENS = 16;

    private static final int LOOP_REPEATS = 4;

    /** "No words" that is less likely than that is a short word not understood: noise gives 0.88 to 1. */
    private static final double SURE_OF_NOTHING = 0.85;

    /** A word that was looked for after "no words" and is less likely than that is none: on silence it is "You". */
    private static final double SURE_OF_A_WORD = 0.6;

    private final int[] tokens;
    private float[] scores = {};
    private int count;
    private double logProbability;
    private boolean ended;
    private boolean looped;
    private boolean doubtful;

    TokenRun(int limit) {
        tokens = new int[limit];
    }

    /** Takes the likeliest token of a step and returns it. */
    int add(FloatBuffer logits) {
        if (scores.length != logits.remaining()) {
            scores = new float[logits.remaining()];
        }
        logits.get(scores);
        int best = likeliest(scores);
        double probability = probability(scores, best);
        if (count == 0 && best == Moonshine.END && probability < SURE_OF_NOTHING) {
            doubtful = true;
            scores[best] = Float.NEGATIVE_INFINITY;
            best = likeliest(scores);
            probability = probability(scores, best);
        }
        logProbability += Math.log(probability);
        add(best);
        return best;
    }

    private static int likeliest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double probability(float[] scores, int chosen) {
        float top = scores[chosen];
        double sum = 0;
        for (float score : scores) {
            // what is far below adds nothing that matters, and is nearly all of it
            if (score > top - 12) {
                sum += Math.exp(score - top);
            }
        }
        return 1 / sum;
    }

    private void add(int token) {
        if (token == Moonshine.END) {
            ended = true;
            return;
        }
        tokens[count++] = token;
        int phrase = loop();
        if (phrase > 0) {
            // once is what was understood, if anything was
            count -= phrase * (repeats(phrase) - 1);
            ended = true;
            looped = true;
        } else if (count == tokens.length) {
            ended = true;
            looped = true;
        }
    }

    /** The length of the phrase that the run keeps repeating at its end, or 0. */
    private int loop() {
        for (int phrase = 1; phrase <= LONGEST_PHRASE; phrase++) {
            int repeats = repeats(phrase);
            if (repeats >= LOOP_REPEATS && repeats * phrase >= LOOP_TOKENS) {
                return phrase;
            }
        }
        return 0;
    }

    private int repeats(int phrase) {
        int repeats = 1;
        while ((repeats + 1) * phrase <= count
                && Arrays.equals(
                        tokens,
                        count - phrase,
                        count,
                        tokens,
                        count - (repeats + 1) * phrase,
                        count - repeats * phrase)) {
            repeats++;
        }
        return repeats;
    }

    boolean ended() {
        return ended;
    }

    Decoded result(Vocabulary vocabulary) {
        // the end token was chosen too
        int chosen = count + (looped ? 0 : 1);
        double confidence = chosen == 0 ? 0 : Math.exp(logProbability / chosen);
        if (doubtful && count <= 2 && confidence < SURE_OF_A_WORD) {
            return Decoded.NOTHING;
        }
        return new Decoded(vocabulary.decode(tokens, count), Math.min(1, confidence), count, looped);
    }
}
