package dev.trunkline.models.reading;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads written English the way a person on the telephone would: a telephone number digit by digit with pauses, prices,
 * times, dates and addresses in words, marks of layout not at all. Each word knows what it was written as. Stateless,
 * thread-safe.
 */
public final class EnglishReader {

    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(?:['\u2019]\\p{L}+)*");

    private static final List<Rule> RULES = Stream.of(
                    AddressRules.RULES,
                    TelephoneRules.RULES,
                    TimeRules.RULES,
                    MoneyRules.RULES,
                    NumberRules.RULES,
                    LetterRules.RULES)
            .flatMap(List::stream)
            .toList();

    private EnglishReader() {}

    /** The words of a text; empty if nothing in it is spoken. */
    public static SpokenForm read(String text) {
        SpokenForm.Builder spoken = new SpokenForm.Builder();
        int at = 0;
        while (at < text.length()) {
            at = step(text, at, spoken);
        }
        return spoken.build();
    }

    private static int step(String text, int at, SpokenForm.Builder spoken) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            return at + 1;
        }
        for (Rule rule : RULES) {
            Matcher found = rule.pattern().matcher(text).region(at, text.length());
            // rules look back and ahead beyond what they take
            found.useTransparentBounds(true).useAnchoringBounds(false);
            if (found.lookingAt() && rule.reading().read(found, spoken)) {
                return found.end();
            }
        }
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (word.lookingAt()) {
            spoken.words(word.group().replace('\u2019', '\''), at, word.end());
            return word.end();
        }
        return symbol(text, at, spoken);
    }

    private static int symbol(String text, int at, SpokenForm.Builder spoken) {
        int symbol = text.codePointAt(at);
        int next = at + Character.charCount(symbol);
        switch (symbol) {
            case '.', '!', '?' -> spoken.mark((char) symbol, at, next);
            case '\u2026' -> spoken.mark('.', at, next);
            case ',', ';', ':', '\u2014' -> spoken.mark(',', at, next);
            case '\u2013', '-' -> {
                // a dash between words is a pause, a hyphen in a word is none
                if (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
                    spoken.mark(',', at, next);
                }
            }
            case '(', ')' -> spoken.mark(',', at, next);
            case '&' -> spoken.words("and", at, next);
            case '+' -> spoken.words("plus", at, next);
            case '=' -> spoken.words("equals", at, next);
            case '%' -> spoken.words("percent", at, next);
            case '\u00b0' -> spoken.words("degrees", at, next);
            case '@' -> spoken.words("at", at, next);
            case '/' -> {
                if (between(text, at)) {
                    spoken.words("or", at, next);
                }
            }
            default -> {
                if (Character.isDigit(symbol)) {
                    spoken.words(Numerals.cardinal(Character.digit(symbol, 10)), at, next);
                }
            }
        }
        return next;
    }

    private static boolean between(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetter(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at + 1));
    }

    /** The letters of a word one by one, by their names. */
    static String spelled(String letters) {
        StringBuilder words = new StringBuilder();
        letters.toUpperCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                words.append(words.isEmpty() ? "" : " ")
                        .append(c >= '0' && c <= '9' ? Numerals.digit((char) c) : LetterRules.name(c));
            }
        });
        return words.toString();
    }
}
