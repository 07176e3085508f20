package dev.trunkline.app.reception;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a telephone number from spoken words and says one digit by digit. Knows single digits, "oh" and "nought",
 * "double" and "triple", "two fives", groups such as "twenty one" or "nine hundred", a leading plus, corrections ("no,
 * sorry, seven"), and the words a recogniser writes in place of digits; those count only beside real digits.
 */
final class SpokenDigits {

    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("oh", 0),
            Map.entry("o", 0),
            Map.entry("nought", 0),
            Map.entry("naught", 0),
            Map.entry("nil", 0),
            Map.entry("aught", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9));
    private static final Map<String, Integer> TEENS = Map.of(
            "ten",
            10,
            "eleven",
            11,
            "twelve",
            12,
            "thirteen",
            13,
            "fourteen",
            14,
            "fifteen",
            15,
            "sixteen",
            16,
            "seventeen",
            17,
            "eighteen",
            18,
            "nineteen",
            19);
    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 20, "thirty", 30, "forty", 40, "fourty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty",
            80, "ninety", 90);
    private static final Map<String, Integer> TIMES =
            Map.of("double", 2, "triple", 3, "treble", 3, "dabble", 2, "trouble", 2, "tripple", 3);
    private static final Map<String, String> PLURALS = Map.ofEntries(
            Map.entry("zeros", "zero"),
            Map.entry("zeroes", "zero"),
            Map.entry("ohs", "zero"),
            Map.entry("os", "zero"),
            Map.entry("noughts", "zero"),
            Map.entry("ones", "one"),
            Map.entry("twos", "two"),
            Map.entry("threes", "three"),
            Map.entry("fours", "four"),
            Map.entry("fives", "five"),
            Map.entry("sixes", "six"),
            Map.entry("sevens", "seven"),
            Map.entry("eights", "eight"),
            Map.entry("nines", "nine"));
    /** Sound-alikes, taken for digits only beside a digit. */
    private static final Map<String, String> MISHEARD = Map.ofEntries(
            Map.entry("owe", "oh"),
            Map.entry("ow", "oh"),
            Map.entry("hero", "zero"),
            Map.entry("xero", "zero"),
            Map.entry("sero", "zero"),
            Map.entry("won", "one"),
            Map.entry("wan", "one"),
            Map.entry("wun", "one"),
            Map.entry("want", "one"),
            Map.entry("to", "two"),
            Map.entry("too", "two"),
            Map.entry("tu", "two"),
            Map.entry("do", "two"),
            Map.entry("tool", "two"),
            Map.entry("tree", "three"),
            Map.entry("free", "three"),
            Map.entry("thee", "three"),
            Map.entry("treat", "three"),
            Map.entry("for", "four"),
            Map.entry("fore", "four"),
            Map.entry("far", "four"),
            Map.entry("door", "four"),
            Map.entry("or", "four"),
            Map.entry("fife", "five"),
            Map.entry("hive", "five"),
            Map.entry("fi", "five"),
            Map.entry("vibe", "five"),
            Map.entry("fight", "five"),
            Map.entry("sex", "six"),
            Map.entry("sicks", "six"),
            Map.entry("sick", "six"),
            Map.entry("sics", "six"),
            Map.entry("sits", "six"),
            Map.entry("heaven", "seven"),
            Map.entry("sven", "seven"),
            Map.entry("savin", "seven"),
            Map.entry("seventh", "seven"),
            Map.entry("ate", "eight"),
            Map.entry("hate", "eight"),
            Map.entry("aid", "eight"),
            Map.entry("ait", "eight"),
            Map.entry("late", "eight"),
            Map.entry("a", "eight"),
            Map.entry("mine", "nine"),
            Map.entry("nein", "nine"),
            Map.entry("line", "nine"),
            Map.entry("night", "nine"),
            Map.entry("nigh", "nine"),
            Map.entry("knight", "nine"),
            Map.entry("tin", "ten"),
            Map.entry("sixth", "six"),
            Map.entry("fifth", "five"),
            Map.entry("fourth", "four"),
            Map.entry("ad", "eighty"),
            Map.entry("fourties", "forty"),
            Map.entry("40s", "forty"));

    /** Sound-alikes that hardly mean themselves before or after a digit. */
    private static final Set<String> UNLIKELY_THEMSELVES =
            Set.of("won", "ate", "tree", "owe", "hero", "xero", "sicks", "nein", "fife", "sics", "ad");

    private static final String ARTICLE = "a";

    private static final Set<String> BETWEEN = Set.of(
            "and",
            "dash",
            "hyphen",
            "space",
            "then",
            "um",
            "uh",
            "er",
            "erm",
            "dot",
            "point",
            "followed",
            "by",
            "again",
            "stroke",
            "slash",
            "pause");
    private static final Set<String> CORRECTING = Set.of("no", "sorry", "mean", "wait", "correction", "rather");

    private static final Pattern TOKEN = Pattern.compile("\\d+|\\+|\\p{L}+|[,.;:?!]");

    /** A digit group, a mark between words, or a word that is no number. */
    private record Token(String text, boolean afterBreak) {}

    private final List<Token> tokens;
    private final StringBuilder digits = new StringBuilder();
    private boolean plus;
    private int lastRun;

    private SpokenDigits(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The digits in an utterance, with a leading + if one was said; empty if there are none. */
    static String read(String utterance) {
        String text = utterance
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("\\b(?:ad|a[.\\s]+[dt])\\b\\.?", "eighty")
                .replaceAll("\\bfor\\s+(tea|tee)\\b", "forty")
                .replaceAll("(\\p{L})'\\p{L}+", "$1")
                .replaceAll("(\\d)[\\s().-]+(?=\\d)", "$1 ")
                .replaceAll("(?<=\\p{L})-(?=\\p{L})", " ");
        List<Token> tokens = new ArrayList<>();
        boolean afterBreak = false;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group();
            if (",.;:?!".contains(token)) {
                afterBreak = true;
            } else {
                tokens.add(new Token(token, afterBreak));
                afterBreak = false;
            }
        }
        return new SpokenDigits(tokens).read();
    }

    private String read() {
        int at = 0;
        boolean inRun = false;
        boolean correcting = false;
        while (at < tokens.size()) {
            StringBuilder group = new StringBuilder();
            int next = group(at, group, inRun);
            if (next > at) {
                if (correcting) {
                    takeBack(at);
                    correcting = false;
                }
                if (!inRun) {
                    lastRun = digits.length();
                }
                digits.append(group);
                inRun = true;
                at = next;
                continue;
            }
            String word = tokens.get(at).text();
            if ((word.equals("plus") || word.equals("+")) && digits.isEmpty() && isDigitAt(at + 1, true)) {
                plus = true;
            } else if (CORRECTING.contains(word) && !digits.isEmpty()) {
                correcting = true;
                inRun = false;
            } else if (!BETWEEN.contains(word)) {
                inRun = false;
            }
            at++;
        }
        return (plus ? "+" : "") + digits;
    }

    /** Drops what a correction replaces: everything if a whole number follows, else as many digits as follow. */
    private void takeBack(int at) {
        StringBuilder following = new StringBuilder();
        int i = at;
        while (i < tokens.size()) {
            int next = group(i, following, true);
            if (next == i && !BETWEEN.contains(tokens.get(i).text())) {
                break;
            }
            i = Math.max(next, i + 1);
        }
        int keep = following.length() >= 6 ? 0 : Math.max(0, digits.length() - following.length());
        digits.setLength(following.length() >= 6 && lastRun > 0 && digits.length() - lastRun < 6 ? 0 : keep);
    }

    /** Reads one group of digits at that place into the builder; returns where it ends, or the place itself if none. */
    private int group(int at, StringBuilder into, boolean inRun) {
        String word = tokens.get(at).text();
        if (Character.isDigit(word.charAt(0))) {
            into.append(word);
            return hundreds(at + 1, into, word);
        }
        Integer times = TIMES.get(word);
        if (times != null && isDigitAt(at + 1, true)) {
            StringBuilder what = new StringBuilder();
            int next = single(at + 1, what);
            if (next > at + 1) {
                into.append(what.substring(0, 1).repeat(times)).append(what.substring(1));
                return next;
            }
        }
        Integer several = value(at, inRun, UNITS);
        if (several != null && several >= 2 && several <= 5 && at + 1 < tokens.size()) {
            String singular = PLURALS.get(tokens.get(at + 1).text());
            if (singular != null) {
                into.append(String.valueOf(UNITS.get(singular)).repeat(several));
                return at + 2;
            }
        }
        Integer tens = value(at, inRun, TENS);
        if (tens != null) {
            Integer unit =
                    at + 1 < tokens.size() && !tokens.get(at + 1).afterBreak() ? value(at + 1, true, UNITS) : null;
            int added = unit == null || tokens.get(at + 1).text().equals(ARTICLE) ? 0 : unit;
            boolean joined = added > 0;
            String group = String.valueOf(tens + added);
            into.append(group);
            return hundreds(at + (joined ? 2 : 1), into, group);
        }
        Integer teen = value(at, inRun, TEENS);
        Integer unit = value(at, inRun, UNITS);
        Integer value = teen != null ? teen : unit;
        if (value == null) {
            return at;
        }
        String group = value.toString();
        into.append(group);
        return hundreds(at + 1, into, group);
    }

    /** "nine hundred", "two hundred and five", "five thousand": the group before stands for that many. */
    private int hundreds(int at, StringBuilder into, String group) {
        if (at >= tokens.size() || group.equals("0")) {
            return at;
        }
        String word = tokens.get(at).text();
        if (word.equals("thousand")) {
            into.append("000");
            return at + 1;
        }
        if (!word.equals("hundred")) {
            return at;
        }
        if (at + 2 < tokens.size() && tokens.get(at + 1).text().equals("and")) {
            StringBuilder rest = new StringBuilder();
            int next = single(at + 2, rest);
            if (next > at + 2 && rest.length() <= 2) {
                into.append(rest.length() == 1 ? "0" : "").append(rest);
                return next;
            }
        }
        into.append("00");
        return at + 1;
    }

    private int single(int at, StringBuilder into) {
        String word = tokens.get(at).text();
        if (Character.isDigit(word.charAt(0))) {
            into.append(word);
            return at + 1;
        }
        for (Map<String, Integer> kind : List.of(UNITS, TEENS, TENS)) {
            Integer value = value(at, true, kind);
            if (value != null) {
                into.append(value);
                return at + 1;
            }
        }
        return at;
    }

    /** The value of the word there if it is of that kind: surely, or as a sound-alike beside digits. */
    private @Nullable Integer value(int at, boolean inRun, Map<String, Integer> kind) {
        String word = tokens.get(at).text();
        Integer sure = kind.get(word);
        if (sure != null) {
            boolean interjection = word.equals("oh") || word.equals("o");
            return !interjection || inRun || isDigitAt(at + 1, true) ? sure : null;
        }
        String meant = MISHEARD.get(word);
        Integer maybe = meant == null ? null : kind.get(meant);
        if (maybe == null) {
            return null;
        }
        return isBesideDigits(at) ? maybe : null;
    }

    /**
     * Whether the sound-alike there stands in a row of digits. At either end of the row it must be the end of all that was
     * said, or hardly mean itself: "change it to five five" begins with a five.
     */
    private boolean isBesideDigits(int at) {
        int start = at;
        while (start > 0 && mayBeInARow(start - 1)) {
            start--;
        }
        int end = at + 1;
        while (end < tokens.size() && mayBeInARow(end)) {
            end++;
        }
        int sure = 0;
        int maybe = 0;
        int firstSure = Integer.MAX_VALUE;
        int lastSure = -1;
        for (int i = start; i < end; i++) {
            if (isSure(i)) {
                sure++;
                firstSure = Math.min(firstSure, i);
                lastSure = i;
            } else if (MISHEARD.containsKey(tokens.get(i).text())) {
                maybe++;
            }
        }
        boolean nothingElse = start == 0 && end == tokens.size();
        if (sure == 0 || (!nothingElse && sure < maybe)) {
            return false;
        }
        boolean unlikelyItself = UNLIKELY_THEMSELVES.contains(tokens.get(at).text());
        return (at > firstSure || start == 0 || unlikelyItself)
                && (at < lastSure || end == tokens.size() || unlikelyItself);
    }

    private boolean mayBeInARow(int at) {
        String word = tokens.get(at).text();
        return isSure(at) || MISHEARD.containsKey(word) || BETWEEN.contains(word);
    }

    private boolean isSure(int at) {
        if (at < 0 || at >= tokens.size()) {
            return false;
        }
        String word = tokens.get(at).text();
        return Character.isDigit(word.charAt(0))
                || UNITS.containsKey(word)
                || TEENS.containsKey(word)
                || TENS.containsKey(word)
                || TIMES.containsKey(word)
                || PLURALS.containsKey(word)
                || word.equals("hundred")
                || word.equals("thousand");
    }

    private boolean isDigitAt(int at, boolean orSoundAlike) {
        int i = at;
        while (i > at - 1 && i < tokens.size() && BETWEEN.contains(tokens.get(i).text())) {
            i++;
        }
        return isSure(i)
                || (orSoundAlike
                        && i >= 0
                        && i < tokens.size()
                        && MISHEARD.containsKey(tokens.get(i).text()));
    }

    /** The number digit by digit, in groups as on a card: "zero two zero, seven nine four six, zero nine five eight". */
    static String say(String number) {
        String bare = number.startsWith("+") ? number.substring(1) : number;
        List<String> groups = new ArrayList<>();
        int at = 0;
        while (at < bare.length()) {
            int left = bare.length() - at;
            int size = left == 4 || left == 8 || left == 11 && at > 0 ? 4 : left == 5 ? 2 : Math.min(3, left);
            StringBuilder group = new StringBuilder();
            for (char digit : bare.substring(at, at + size).toCharArray()) {
                group.append(group.isEmpty() ? "" : " ").append(name(digit));
            }
            groups.add(group.toString());
            at += size;
        }
        return (number.startsWith("+") ? "plus " : "") + String.join(", ", groups);
    }

    private static String name(char digit) {
        return switch (digit) {
            case '*' -> "star";
            case '#' -> "hash";
            default -> SpokenTime.number(Character.digit(digit, 10));
        };
    }
}
