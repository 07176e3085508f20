package dev.trunkline.models.reading;

import java.util.Map;

/** Numbers in English words. */
final class Numerals {

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
    private static final String[] THOUSANDS = {"", " thousand", " million", " billion", " trillion"};
    private static final Map<String, String> ORDINALS = Map.ofEntries(
            Map.entry("one", "first"),
            Map.entry("two", "second"),
            Map.entry("three", "third"),
            Map.entry("five", "fifth"),
            Map.entry("eight", "eighth"),
            Map.entry("nine", "ninth"),
            Map.entry("twelve", "twelfth"));

    private Numerals() {}

    /** "three hundred forty two", for 0 to 999,999,999,999,999. */
    static String cardinal(long number) {
        if (number == 0) {
            return SMALL[0];
        }
        String words = "";
        long rest = number;
        for (int group = 0; rest > 0; group++, rest /= 1_000) {
            int part = (int) (rest % 1_000);
            if (part > 0) {
                words = hundreds(part) + THOUSANDS[group] + (words.isEmpty() ? "" : " " + words);
            }
        }
        return words;
    }

    private static String hundreds(int number) {
        if (number < 100) {
            return tens(number);
        }
        String rest = number % 100 == 0 ? "" : " " + tens(number % 100);
        return SMALL[number / 100] + " hundred" + rest;
    }

    private static String tens(int number) {
        if (number < 20) {
            return SMALL[number];
        }
        return TENS[number / 10] + (number % 10 == 0 ? "" : " " + SMALL[number % 10]);
    }

    /** "twenty first". */
    static String ordinal(long number) {
        String words = cardinal(number);
        int space = words.lastIndexOf(' ');
        String last = words.substring(space + 1);
        String ordinal = ORDINALS.get(last);
        if (ordinal == null) {
            ordinal = last.endsWith("y") ? last.substring(0, last.length() - 1) + "ieth" : last + "th";
        }
        return words.substring(0, space + 1) + ordinal;
    }

    /** "nineteen eighty four", "two thousand five", "twenty twenty six". */
    static String year(int year) {
        int century = year / 100;
        int rest = year % 100;
        if (century % 10 == 0 && rest < 10) {
            return cardinal(year);
        }
        if (rest == 0) {
            return tens(century) + " hundred";
        }
        return tens(century) + " " + (rest < 10 ? "oh " + SMALL[rest] : tens(rest));
    }

    /** The word of one digit. */
    static String digit(char digit) {
        return SMALL[digit - '0'];
    }

    /** "one zero five": each digit alone; other characters are left out. */
    static String digits(String number) {
        StringBuilder words = new StringBuilder();
        number.chars()
                .filter(Character::isDigit)
                .forEach(c -> words.append(words.isEmpty() ? "" : " ").append(digit((char) c)));
        return words.toString();
    }

    /** A number with or without thousands' commas and decimals: "one thousand two hundred point five". */
    static String decimal(String number) {
        String plain = number.replace(",", "");
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String words = whole.isEmpty() ? "zero" : whole.length() > 15 ? digits(whole) : cardinal(Long.parseLong(whole));
        return point < 0 ? words : words + " point " + digits(plain.substring(point + 1));
    }
}
