package dev.trunkline.acceptance.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words in the form in which they are compared: lower case, no punctuation, numerals as words, contractions written out, and
 * one spelling for words that sound alike: it is sound that is compared. Stateless.
 */
public final class Words {

    private static final Pattern NUMERAL = Pattern.compile("\\d+");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):00");
    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("we're", "we are"),
            Map.entry("i'm", "i am"),
            Map.entry("you've", "you have"),
            Map.entry("that's", "that is"),
            Map.entry("what's", "what is"),
            Map.entry("can't", "can not"),
            Map.entry("cannot", "can not"),
            Map.entry("don't", "do not"),
            Map.entry("didn't", "did not"),
            Map.entry("it's", "it is"),
            Map.entry("mailbox", "mail box"),
            Map.entry("okay", "ok"),
            Map.entry("harbor", "harbour"),
            Map.entry("p.m", "pm"),
            Map.entry("a.m", "am"));

    private static final Map<String, String> SOUND_ALIKE =
            Map.of("to", "two", "too", "two", "for", "four", "ate", "eight", "won", "one", "oh", "zero", "o", "zero");

    private Words() {}

    /** The words of a text. */
    public static List<String> of(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace('-', ' ');
        plain = plain.replace("good bye", "goodbye").replace("to morrow", "tomorrow");
        plain = CLOCK.matcher(plain).replaceAll("$1");
        StringBuilder spoken = new StringBuilder();
        for (String token : plain.split("[^a-z0-9'.]+")) {
            String bare = token.replaceAll("^['.]+|['.]+$", "");
            String written = SPELLINGS.getOrDefault(bare, bare.replaceAll("['.]", ""));
            Matcher numerals = NUMERAL.matcher(written);
            spoken.append(' ').append(numerals.replaceAll(m -> " " + number(m.group()) + " "));
        }
        List<String> words = new ArrayList<>();
        for (String word : spoken.toString().split("\\s+")) {
            if (!word.isEmpty()) {
                words.add(SOUND_ALIKE.getOrDefault(word, word));
            }
        }
        return words;
    }

    /** Up to two digits as a number, more as digits. */
    private static String number(String digits) {
        if (digits.length() > 2 || digits.length() == 2 && digits.startsWith("0")) {
            StringBuilder each = new StringBuilder();
            for (char digit : digits.toCharArray()) {
                each.append(SMALL[digit - '0']).append(' ');
            }
            return each.toString().strip();
        }
        int value = Integer.parseInt(digits);
        if (value < SMALL.length) {
            return SMALL[value];
        }
        return TENS[value / 10] + (value % 10 == 0 ? "" : " " + SMALL[value % 10]);
    }
}
