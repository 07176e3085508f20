package dev.trunkline.app.reception;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the word that a recogniser may have misheard. Words are compared by a rough spelling of their sound with the
 * distance of Damerau and Levenshtein (optimal string alignment).
 */
final class SoundAlike {

    /** Shorter words are too near to each other. */
    private static final int SHORTEST = 4;

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

    /** Small words that sound the same and are written otherwise. */
    private static final Map<String, String> HOMOPHONES = Map.ofEntries(
            Map.entry("two", "to"),
            Map.entry("too", "to"),
            Map.entry("their", "there"),
            Map.entry("u", "you"),
            Map.entry("ewe", "you"),
            Map.entry("your", "you"),
            Map.entry("r", "are"),
            Map.entry("our", "are"),
            Map.entry("were", "where"),
            Map.entry("wood", "would"),
            Map.entry("buy", "bye"),
            Map.entry("no", "know"),
            Map.entry("four", "for"),
            Map.entry("here", "hear"),
            Map.entry("weigh", "way"));

    /** A word and its rough sound. */
    private record Known(String word, String sound, int letters, int soundLetters) {}

    private final List<Known> vocabulary;

    /** Looks in that vocabulary. */
    SoundAlike(Collection<String> vocabulary) {
        this.vocabulary = vocabulary.stream()
                .filter(word -> word.length() >= SHORTEST)
                .sorted()
                .map(word -> new Known(word, sound(word), letters(word), letters(sound(word))))
                .toList();
    }

    /** The small word that sounds just like this one. */
    static Optional<String> homophone(String word) {
        return Optional.ofNullable(HOMOPHONES.get(word));
    }

    /** Whether a recogniser often writes this word for another one. */
    static boolean isOftenConfused(String word) {
        return CONFUSED.containsKey(word);
    }

    /** The word of the vocabulary that sounds like this one; none if none or several are near. */
    Optional<String> nearest(String word) {
        String confused = CONFUSED.get(word);
        if (confused != null) {
            return Optional.of(confused);
        }
        if (word.length() < SHORTEST) {
            return Optional.empty();
        }
        String sound = sound(word);
        int letters = letters(word);
        int soundLetters = letters(sound);
        String best = null;
        double bestDistance = Double.MAX_VALUE;
        boolean several = false;
        for (Known known : vocabulary) {
            String candidate = known.word();
            // an edit changes two letters of the set at most, so most words need no comparing
            if (Integer.bitCount(letters ^ known.letters()) > 4
                    && Integer.bitCount(soundLetters ^ known.soundLetters()) > 2) {
                continue;
            }
            if (Math.abs(candidate.length() - word.length()) > 2) {
                continue;
            }
            double distance = Math.min(distance(word, candidate), distance(sound, known.sound()) + 0.3);
            if (word.charAt(0) != candidate.charAt(0)) {
                distance += 0.5;
            }
            if (distance > allowed(Math.min(word.length(), candidate.length())) || distance > bestDistance) {
                continue;
            }
            boolean another = best == null || !Words.stem(candidate).equals(Words.stem(best));
            several = distance == bestDistance && (several || another);
            best = candidate;
            bestDistance = distance;
        }
        return several ? Optional.empty() : Optional.ofNullable(best);
    }

    /** The letters of a word as a set. */
    private static int letters(String word) {
        int set = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            set |= c >= 'a' && c <= 'z' ? 1 << (c - 'a') : 1 << 26;
        }
        return set;
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
