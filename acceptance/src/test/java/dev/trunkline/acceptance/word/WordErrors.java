package dev.trunkline.acceptance.word;

import java.util.List;

/**
 * Word errors against a reference: the fewest substitutions, insertions and deletions.
 *
 * @param errors how many
 * @param words words of the reference
 */
public record WordErrors(int errors, int words) {

    /** No words compared yet. */
    public static final WordErrors NONE = new WordErrors(0, 0);

    /** Compares two texts in normal form, and counts the words as checked. */
    public static WordErrors between(String reference, String heard) {
        List<String> expected = Words.of(reference);
        List<String> actual = Words.of(heard);
        Counters.WORDS.add(expected.size());
        int[] row = new int[actual.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= expected.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= actual.size(); j++) {
                int replaced = diagonal + (expected.get(i - 1).equals(actual.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return new WordErrors(row[actual.size()], expected.size());
    }

    /** Both together. */
    public WordErrors plus(WordErrors other) {
        return new WordErrors(errors + other.errors, words + other.words);
    }

    /** The share of wrong words, in percent. */
    public double percent() {
        return words == 0 ? 0 : 100.0 * errors / words;
    }
}
