package dev.trunkline.app.reception;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an utterance seems to want.
 *
 * @param words the words of it
 * @param wishes what is surely wanted, the most likely first; several only if they can be answered together
 * @param nearly what may be wanted, if nothing is sure: worth asking back
 * @param declined what the caller says they do not want
 */
record Understood(List<Words.Word> words, List<Wish> wishes, Optional<Intent> nearly, Set<Intent> declined) {

    /** A wish, and how much speaks for it (about 2 is enough, 4 is plain). */
    record Wish(Intent intent, double score) {}

    Understood {
        words = List.copyOf(words);
        wishes = List.copyOf(wishes);
        declined = Set.copyOf(declined);
    }

    /** The most likely wish, if any is sure. */
    Optional<Intent> best() {
        return wishes.isEmpty()
                ? Optional.empty()
                : Optional.of(wishes.getFirst().intent());
    }

    boolean wants(Intent intent) {
        return wishes.stream().anyMatch(wish -> wish.intent() == intent);
    }

    double score(Intent intent) {
        return wishes.stream()
                .filter(wish -> wish.intent() == intent)
                .mapToDouble(Wish::score)
                .max()
                .orElse(0);
    }

    /** Whether it begins the way questions begin. */
    boolean isQuestion() {
        int start = 0;
        while (start < words.size() && LEAD_IN.contains(words.get(start).text())) {
            start++;
        }
        return start < words.size() && ASKING.contains(words.get(start).text());
    }

    /** Whether it begins by turning away from what was talked about. */
    boolean changesSubject() {
        return !words.isEmpty() && TURNING.contains(words.getFirst().text());
    }

    private static final Set<String> LEAD_IN = Set.of(
            "actually",
            "sorry",
            "wait",
            "oh",
            "well",
            "but",
            "and",
            "so",
            "um",
            "uh",
            "er",
            "erm",
            "okay",
            "ok",
            "no",
            "yes",
            "hang",
            "hold",
            "on",
            "first",
            "before",
            "that",
            "excuse",
            "me",
            "just",
            "quickly",
            "by",
            "the",
            "way",
            "hey");
    private static final Set<String> ASKING = Set.of(
            "what",
            "when",
            "where",
            "who",
            "how",
            "which",
            "are",
            "is",
            "do",
            "does",
            "can",
            "could",
            "would",
            "will",
            "until",
            "till",
            "may",
            "whereabouts");
    private static final Set<String> TURNING = Set.of("actually", "sorry", "wait", "hang", "hold", "before", "first");
}
