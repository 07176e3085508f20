package dev.trunkline.app.reception;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says times and days the way people do. */
final class SpokenTime {

    private static final List<String> SMALL = List.of(
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
            "nineteen");
    private static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty");

    private SpokenTime() {}

    /** "nine", "half past five", "noon". */
    static String of(LocalTime time) {
        if (time.getMinute() == 0 && time.getHour() == 12) {
            return "noon";
        }
        if (time.getMinute() == 0 && time.getHour() == 0) {
            return "midnight";
        }
        String hour = hour(time.getHour());
        return switch (time.getMinute()) {
            case 0 -> hour;
            case 15 -> "quarter past " + hour;
            case 30 -> "half past " + hour;
            case 45 -> "quarter to " + hour(time.getHour() + 1);
            default -> hour + " " + (time.getMinute() < 10 ? "oh " : "") + number(time.getMinute());
        };
    }

    /** The same with the part of the day: "nine in the morning", "six in the evening". */
    static String withPartOfDay(LocalTime time) {
        String said = of(time);
        if (said.equals("noon") || said.equals("midnight")) {
            return said;
        }
        return said + " in the " + (time.getHour() < 12 ? "morning" : time.getHour() < 18 ? "afternoon" : "evening");
    }

    /** "from ten to two", "from nine to noon, and from one to five". */
    static String of(List<OpeningHours.Span> spans) {
        List<String> parts = new ArrayList<>();
        for (OpeningHours.Span span : spans) {
            parts.add("from " + of(span.from()) + " to " + of(span.to()));
        }
        return String.join(", and ", parts);
    }

    static String of(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    /** "today", "tomorrow", "on Saturday", or with the date when it is more than a week away. */
    static String of(LocalDate date, LocalDate today) {
        long ahead = ChronoUnit.DAYS.between(today, date);
        if (ahead == 0) {
            return "today";
        }
        if (ahead == 1) {
            return "tomorrow";
        }
        String day = "on " + of(date.getDayOfWeek());
        return ahead > 1 && ahead < 7
                ? day
                : day + ", " + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " "
                        + ordinal(date.getDayOfMonth());
    }

    private static String hour(int hour) {
        return number(hour % 12 == 0 ? 12 : hour % 12);
    }

    static String number(int value) {
        if (value < 20) {
            return SMALL.get(value);
        }
        return TENS.get(value / 10) + (value % 10 == 0 ? "" : " " + SMALL.get(value % 10));
    }

    private static String ordinal(int day) {
        String last = day < 20 ? number(day) : day % 10 == 0 ? TENS.get(day / 10) : number(day % 10);
        String before = day > 20 && day % 10 != 0 ? TENS.get(day / 10) + " " : "";
        return before
                + switch (last) {
                    case "one" -> "first";
                    case "two" -> "second";
                    case "three" -> "third";
                    case "five" -> "fifth";
                    case "eight" -> "eighth";
                    case "nine" -> "ninth";
                    case "twelve" -> "twelfth";
                    case "twenty" -> "twentieth";
                    case "thirty" -> "thirtieth";
                    default -> last + "th";
                };
    }
}
