package dev.trunkline.models.mary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a sentence is cut to be made audible part by part: the first part short, so that the caller hears something soon,
 * the others by clause. A cut within a clause is made where one hears it least: before a word that opens a phrase.
 */
final class Slices {

    private static final int FIRST_WORDS = 4;
    private static final int MOST_WORDS = 10;

    /** Parts of speech (Penn Treebank) that open a phrase. */
    private static final Set<String> OPENERS =
            Set.of("CC", "DT", "EX", "IN", "MD", "PRP", "PRP$", "TO", "VBD", "VBP", "VBZ", "WDT", "WP", "WRB");

    private Slices() {}

    /** The index after the last word of each part, for all words of a sentence. */
    static List<Integer> ends(List<SpokenWord> words, boolean hurry) {
        List<Integer> ends = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            int most = hurry && at == 0 ? FIRST_WORDS : MOST_WORDS;
            at = end(words, at, most);
            ends.add(at);
        }
        return ends;
    }

    private static int end(List<SpokenWord> words, int start, int most) {
        int limit = Math.min(words.size(), start + most);
        for (int i = start; i < limit; i++) {
            if (words.get(i).pauseMillis() > 0) {
                return i + 1;
            }
        }
        if (limit == words.size()) {
            return limit;
        }
        for (int i = limit; i > start + Math.max(1, most / 3); i--) {
            if (OPENERS.contains(words.get(i).partOfSpeech())
                    && !OPENERS.contains(words.get(i - 1).partOfSpeech())) {
                return i;
            }
        }
        return limit;
    }
}
