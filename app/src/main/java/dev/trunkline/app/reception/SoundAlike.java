package dev.trunkline.app.reception;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the word that a recogniser may have misheard. Words are compared by a rough spelling of their sound with the
 * distance of Damerau and Levenshtein (optimal string alignment).
 */
final class SoundAlike {

    /** Real words that often stand for another one; ordinary spelling distance would not dare. */
    private static final Map<String, String> CONFUSED = Map.ofEntries(
            Map.entry("wear", "where"),
            Map.entry("ware", "where"),
            Map.entry("whare", "where"),
            Map.entry("prize", "price"),
            Map.entry("prise", "price"),
            Map.entry("pries", "price"),
            Map.entry("clothes", "close"),
            Map.entry("clothe", "close"),
            Map.entry("massage", "message"),
            Map.entry("passage", "message"),
            Map.entry("coast", "cost"),
            Map.entry("hoarse", "hours"),
            Map.entry("horse", "hours"),
            Map.entry("ours", "hours"),
            Map.entry("parson", "person"),
            Map.entry("purse", "person"),
            Map.entry("dress", "address"),
            Map.entry("tamara", "tomorrow"),
            Map.entry("weakened", "weekend"),
            Map.entry("sunny", "sunday"),
            Map.entry("charred", "charge"),
            Map.entry("large", "charge"));

    private SoundAlike() {}

    /** Whether a recogniser often writes this word for another one. */
    static boolean isOftenConfused(String word) {
        return CONFUSED.containsKey(word);
    }

    /** The word of the vocabulary that sounds like this one; none if none or several are near. */
    static Optional<String> nearest(String word, Collection<String> vocabulary) {
        String confused = CONFUSED.get(word);
        if (confused != null) {
            return Optional.of(confused);
        }
        if (word.length() < 4) {
            return Optional.empty();
        }
        String sound = sound(word);
        String best = null;
        double bestDistance = Double.MAX_VALUE;
        boolean several = false;
        for (String candidate : vocabulary) {
            if (candidate.length() < 4 || Math.abs(candidate.length() - word.length()) > 2) {
                continue;
            }
            double distance = Math.min(distance(word, candidate), distance(sound, sound(candidate)) + 0.3);
            if (word.charAt(0) != candidate.charAt(0)) {
                distance += 0.5;
            }
            if (distance > allowed(Math.min(word.length(), candidate.length())) || distance > bestDistance) {
                continue;
            }
            several = distance == bestDistance && !Words.stem(candidate).equals(Words.stem(String.valueOf(best)));
            best = candidate;
            bestDistance = distance;
        }
        return several ? Optional.empty() : Optional.ofNullable(best);
    }

    private static double allowed(int length) {
        return length <= 5 ? 1 : length <= 7 ? 1.3 : 2;
    }

    /** A rough spelling of how a word sounds. */
    static String sound(String word) {
        String sound = word.replace("ph", "f")
                .replace("gh", "")
                .replace("wh", "w")
                .replace("ck", "k")
                .replace("qu", "kw")
                .replace("tion", "shn")
                .replace("sion", "shn")
                .replaceAll("^kn", "n")
                .replaceAll("^wr", "r")
                .replaceAll("^ho", "o")
                .replaceAll("c(?=[eiy])", "s")
                .replace("c", "k")
                .replaceAll("(?<=[aeiou])r(?![aeiou])", "")
                .replace("z", "s")
                .replace("v", "f")
                .replaceAll("[aeiouy]+", "a");
        return sound.replaceAll("(.)\\1", "$1");
    }

    /** Letters to insert, drop, replace or swap with their neighbour to make one of the other. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
