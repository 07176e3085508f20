package dev.trunkline.core.conversation;

import java.util.Locale;
import java.util.Set;

/** Words by which a listener says "go on", and that must not stop the agent. English. */
final class Backchannel {

    private static final Set<String> WORDS = Set.of(
            "mm", "mmm", "mhm", "mm-hmm", "mmhmm", "hmm", "hm", "uh", "uh-huh", "huh", "um", "ah", "aha", "oh", "ok",
            "okay", "yeah", "yes", "yep", "right", "sure", "i", "see", "got", "it", "good", "great", "fine", "alright",
            "so");

    private Backchannel() {}

    /** Whether these words, up to three of them, only say that somebody listens. */
    static boolean is(String text) {
        String[] words = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z' -]+", " ")
                .strip()
                .split("\\s+");
        if (words.length > 3) {
            return false;
        }
        for (String word : words) {
            if (!word.isEmpty() && !WORDS.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
