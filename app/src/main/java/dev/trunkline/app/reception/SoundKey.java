package dev.trunkline.app.reception;

import java.util.List;

/**
 * A rough spelling of how words sound when spoken in one breath, for comparing phrases whose word borders were heard wrong:
 * "her actions" for "directions". Vowels are all one; consonants that a telephone makes alike are near each other. The
 * comparison is the edit distance with weights by manner and voice.
 */
final class SoundKey {

    private static final char VOWEL = 'a';
    private static final String STOPS = "ptkbdg";
    private static final String FRICATIVES = "fvszTSCj";
    private static final String GLIDES = "lrwy";
    /** Alike but for the voice, or for the high sounds that a telephone cuts off. */
    private static final List<String> TWINS = List.of("pb", "td", "kg", "fv", "sz", "Cj", "fT", "sT", "mn", "sf", "SC");

    private SoundKey() {}

    /** The sound of words without gaps. */
    static String of(List<String> words) {
        StringBuilder letters = new StringBuilder();
        for (String word : words) {
            letters.append(consonants(word));
        }
        return letters.toString()
                .replaceAll("[rwy](?![aeiouwy])", VOWEL + "")
                .replaceAll("[aeiou]+", VOWEL + "")
                .replaceAll("(.)\\1+", "$1");
    }

    private static String consonants(String word) {
        return word.replaceAll("(?<=[aeiouy][a-z]{1,9})e$", "")
                .replaceAll("[^a-z]", "")
                .replaceAll("igh", "i")
                .replace("gh", "")
                .replace("ph", "f")
                .replace("wh", "w")
                .replaceAll("^kn", "n")
                .replaceAll("^wr", "r")
                .replaceAll("t(?=ion|ure)", "S")
                .replaceAll("s(?=ion|ure)", "S")
                .replaceAll("tch|ch", "C")
                .replace("sh", "S")
                .replace("th", "T")
                .replace("ck", "k")
                .replaceAll("(?<=[ao])l(?=[kmf])", "")
                .replace("qu", "kw")
                .replace("x", "ks")
                .replaceAll("c(?=[eiy])", "s")
                .replace("c", "k")
                .replaceAll("dg|(?<!^)g(?=[eiy]|$)(?<!ng)", "j");
    }

    /** How far two sounds are apart, in consonants; no more is told beyond {@code limit}. */
    static double distance(String a, String b, double limit) {
        double[] row = new double[b.length() + 1];
        for (int j = 1; j < row.length; j++) {
            row[j] = row[j - 1] + alone(b.charAt(j - 1));
        }
        for (int i = 1; i <= a.length(); i++) {
            double diagonal = row[0];
            row[0] += alone(a.charAt(i - 1));
            double least = row[0];
            for (int j = 1; j < row.length; j++) {
                double replaced = diagonal + replaced(a.charAt(i - 1), b.charAt(j - 1));
                diagonal = row[j];
                row[j] = Math.min(
                        replaced, Math.min(row[j] + alone(a.charAt(i - 1)), row[j - 1] + alone(b.charAt(j - 1))));
                least = Math.min(least, row[j]);
            }
            if (least > limit) {
                return least;
            }
        }
        return row[b.length()];
    }

    /** What a sound costs that only one of both has. */
    private static double alone(char sound) {
        return switch (sound) {
            case VOWEL -> 0.5;
            case 'h', 'r', 'w', 'y' -> 0.4;
            case 'l', 'n', 't', 'd' -> 0.7;
            default -> 0.9;
        };
    }

    private static double replaced(char a, char b) {
        if (a == b) {
            return 0;
        }
        for (String twins : TWINS) {
            if (twins.indexOf(a) >= 0 && twins.indexOf(b) >= 0) {
                return 0.25;
            }
        }
        if (both(GLIDES, a, b)) {
            return 0.8;
        }
        return both(STOPS, a, b) || both(FRICATIVES, a, b) ? 0.5 : 1;
    }

    private static boolean both(String kind, char a, char b) {
        return kind.indexOf(a) >= 0 && kind.indexOf(b) >= 0;
    }
}
