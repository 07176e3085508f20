package dev.trunkline.models.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Telephone numbers and other long codes in groups: digit by digit, with a pause after each group. */
final class TelephoneRules {

    private static final Pattern NUMBER = Pattern.compile(
            "(?<![\\w$\u20ac\u00a3.,])(?:\\+\\s?)?\\(?\\d[\\d() .\u2013/-]{4,24}\\d(?![\\w%]|[.,:/-]\\d)");

    static final List<Rule> RULES = List.of(new Rule(NUMBER, TelephoneRules::read));

    private TelephoneRules() {}

    private static boolean read(Matcher found, SpokenForm.Builder spoken) {
        String written = found.group();
        long digits = written.chars().filter(Character::isDigit).count();
        boolean grouped = written.chars().anyMatch(c -> " ().-/\u2013".indexOf(c) >= 0);
        if (digits < 7
                || written.matches(
                        "\\d{4}-\\d\\d-\\d\\d|\\d{1,2}/\\d{1,2}/\\d{4}|\\d+\\.\\d+|\\d{4}\\s?[-\u2013]\\s?\\d{4}")) {
            return false;
        }
        List<Integer> pauses = grouped ? groups(written) : evenly(written, (int) digits);
        int start = found.start();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '+') {
                spoken.words("plus", start + i, start + i + 1);
            } else if (Character.isDigit(c)) {
                spoken.words(Numerals.digit(c), start + i, start + i + 1);
                if (pauses.contains(i)) {
                    spoken.mark(',', start + i + 1, start + i + 1);
                }
            }
        }
        return true;
    }

    /** The indices of digits that something other than a digit follows. */
    private static List<Integer> groups(String written) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i + 1 < written.length(); i++) {
            if (Character.isDigit(written.charAt(i)) && !Character.isDigit(written.charAt(i + 1))) {
                ends.add(i);
            }
        }
        return ends;
    }

    /** Threes from the start, the last four together; a country's code of eleven digits apart. */
    private static List<Integer> evenly(String written, int digits) {
        List<Integer> ends = new ArrayList<>();
        int first =
                written.indexOf(written.startsWith("+") ? written.substring(1).strip() : written);
        int said = digits % 3 == 2 && digits > 10 ? 1 : 0;
        if (said > 0) {
            ends.add(first);
        }
        while (digits - said > 4) {
            said += 3;
            ends.add(first + said - 1);
        }
        return ends;
    }
}
