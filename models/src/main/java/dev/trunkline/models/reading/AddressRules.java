package dev.trunkline.models.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** E-mail and web addresses. */
final class AddressRules {

    private static final Set<String> SAID_AS_WORDS = Set.of("com", "net", "org", "info", "gov", "app", "biz");
    private static final Map<Character, String> MARKS =
            Map.of('.', "dot", '-', "dash", '_', "underscore", '+', "plus", '/', "slash", '@', "at");
    private static final Pattern PART = Pattern.compile("\\p{L}+|\\d|[^\\p{L}\\d]");

    static final List<Rule> RULES = List.of(
            new Rule(
                    Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*\\.\\p{L}{2,}"),
                    (found, spoken) -> spell(found, 0, spoken)),
            new Rule(
                    Pattern.compile(
                            "(?:https?://)?(?:www\\.)?(?:[\\p{L}\\d-]+\\.)+(?:com|net|org|info|gov|edu|io|de|uk|eu|us|dev|app|ai|co)"
                                    + "\\b(?:/[\\w./-]*[\\w/])?(?!\\.?\\w)"),
                    (found, spoken) -> spell(found, protocol(found.group()), spoken)));

    private AddressRules() {}

    private static int protocol(String address) {
        int end = address.indexOf("://");
        return end < 0 ? 0 : end + 3;
    }

    private static boolean spell(Matcher found, int skip, SpokenForm.Builder spoken) {
        Matcher part = PART.matcher(found.group());
        part.region(skip, found.group().length());
        while (part.find()) {
            spoken.words(word(part.group()), found.start() + part.start(), found.start() + part.end());
        }
        return true;
    }

    private static String word(String part) {
        char c = part.charAt(0);
        if (Character.isDigit(c)) {
            return Numerals.digit(c);
        }
        if (!Character.isLetter(c)) {
            return MARKS.getOrDefault(c, "");
        }
        String lower = part.toLowerCase(Locale.ROOT);
        // what has no vowel, or is a country's two letters, cannot be said as a word
        boolean letters = !SAID_AS_WORDS.contains(lower)
                && (part.length() <= 2
                                && !Set.of("me", "my", "we", "us", "it", "in", "to", "go")
                                        .contains(lower)
                        || !lower.matches(".*[aeiouy].*"));
        return letters ? EnglishReader.spelled(part) : part;
    }
}
