package dev.trunkline.models.telephone;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The count of wrong, missing and invented words: the edit distance of two texts in words. */
public record WordErrors(int errors, int words) {

    public static WordErrors between(String said, String heard) {
        List<String> a = words(said);
        List<String> b = words(heard);
        int[] row = new int[b.size() + 1];
        for (int j = 0; j <= b.size(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.size(); j++) {
                int substituted = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return new WordErrors(row[b.size()], a.size());
    }

    public WordErrors plus(WordErrors other) {
        return new WordErrors(errors + other.errors, words + other.words);
    }

    public double rate() {
        return words == 0 ? 0 : (double) errors / words;
    }

    private static List<String> words(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("['\u2019-]", "").replaceAll("[^a-z0-9]+", " ");
        return Stream.of(plain.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
