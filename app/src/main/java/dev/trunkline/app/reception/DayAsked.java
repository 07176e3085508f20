package dev.trunkline.app.reception;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the days and the time that a question is about. */
final class DayAsked {

    /**
     * What was asked about.
     *
     * @param dates the days, the next of that name
     * @param time a time of day, if one was named
     * @param now whether this very moment is meant
     * @param unknown whether a day was named that only the calendar knows
     */
    record Days(List<LocalDate> dates, @Nullable LocalTime time, boolean now, boolean unknown) {}

    private static final List<String> DAY_NAMES =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final SoundAlike SOUNDS_LIKE_A_DAY = new SoundAlike(DAY_NAMES);
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12));
    private static final List<String> ORDINALS = List.of(
            "",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth");
    private static final Set<String> BEFORE_TIME =
            Set.of("at", "by", "before", "after", "around", "past", "until", "till", "about");
    private static final Set<String> FEAST = Set.of("holiday", "holidays", "easter");

    private DayAsked() {}

    static Days in(List<Words.Word> words, LocalDateTime now) {
        LocalDate today = now.toLocalDate();
        Set<LocalDate> dates = new LinkedHashSet<>();
        boolean isNow = false;
        boolean unknown = false;
        String all = " " + Words.joined(words) + " ";
        for (Words.Word word : words) {
            switch (word.text()) {
                case "today", "tonight" -> dates.add(today);
                case "tomorrow" -> dates.add(today.plusDays(all.contains(" day after tomorrow ") ? 2 : 1));
                case "weekend", "weekends" -> {
                    dates.add(next(DayOfWeek.SATURDAY, today));
                    dates.add(next(DayOfWeek.SUNDAY, today));
                }
                case "weekday", "weekdays" -> {
                    for (int day = 1; day <= 5; day++) {
                        dates.add(next(DayOfWeek.of(day), today));
                    }
                }
                case "now", "currently", "presently" -> isNow = true;
                case "christmas" -> dates.add(yearly(Month.DECEMBER, all.contains(" eve ") ? 24 : 25, today));
                default -> {
                    unknown |= FEAST.contains(word.text());
                    weekday(word).ifPresent(day -> dates.add(next(day, today)));
                }
            }
        }
        date(words, today).ifPresent(dates::add);
        boolean thisPart =
                all.contains(" this morning ") || all.contains(" this afternoon ") || all.contains(" this evening ");
        if (thisPart && dates.isEmpty()) {
            dates.add(today);
        }
        boolean moment = isNow || all.contains(" at the moment ") || (all.contains(" still ") && dates.isEmpty());
        return new Days(
                new ArrayList<>(dates), time(words, all), moment && dates.isEmpty(), unknown && dates.isEmpty());
    }

    private static Optional<DayOfWeek> weekday(Words.Word word) {
        String name =
                word.text().endsWith("s") ? word.text().substring(0, word.text().length() - 1) : word.text();
        int at = DAY_NAMES.indexOf(name);
        if (at < 0 && word.text().length() >= 5 && !Words.isPlain(word.stem())) {
            at = SOUNDS_LIKE_A_DAY.nearest(name).map(DAY_NAMES::indexOf).orElse(-1);
        }
        return at < 0 ? Optional.empty() : Optional.of(DayOfWeek.of(at + 1));
    }

    private static LocalDate next(DayOfWeek day, LocalDate today) {
        return today.with(TemporalAdjusters.nextOrSame(day));
    }

    private static LocalDate yearly(Month month, int day, LocalDate today) {
        LocalDate date = LocalDate.of(today.getYear(), month, day);
        return date.isBefore(today) ? date.plusYears(1) : date;
    }

    /** "the twenty fourth of December", "December 24th". */
    private static Optional<LocalDate> date(List<Words.Word> words, LocalDate today) {
        Month month = null;
        int day = 0;
        int tens = 0;
        for (Words.Word word : words) {
            String text = word.text();
            for (Month candidate : Month.values()) {
                boolean verb = candidate == Month.MAY || candidate == Month.MARCH;
                if (!verb && text.equals(candidate.name().toLowerCase(Locale.ROOT))) {
                    month = candidate;
                }
            }
            if (text.matches("\\d{1,2}(st|nd|rd|th)?")) {
                day = Integer.parseInt(text.replaceAll("\\D", ""));
            } else if (text.equals("twenty") || text.equals("thirty")) {
                tens = text.equals("twenty") ? 20 : 30;
            } else if (text.equals("thirtieth")) {
                day = 30;
            } else if (ORDINALS.contains(text)) {
                day = tens + ORDINALS.indexOf(text);
            }
        }
        return month != null && day >= 1 && day <= month.minLength()
                ? Optional.of(yearly(month, day, today))
                : Optional.empty();
    }

    private static @Nullable LocalTime time(List<Words.Word> words, String all) {
        if (all.contains(" noon ") || all.contains(" midday ")) {
            return LocalTime.NOON;
        }
        for (int i = 1; i < words.size(); i++) {
            int hour = hour(words.get(i).text());
            boolean clock = i + 1 < words.size()
                    && Set.of("oclock", "am", "pm").contains(words.get(i + 1).text());
            if (hour < 1 || !(clock || BEFORE_TIME.contains(words.get(i - 1).text()))) {
                continue;
            }
            int minute = all.contains(" half past ") ? 30 : all.contains(" quarter past ") ? 15 : 0;
            if (i + 1 < words.size()) {
                minute = switch (words.get(i + 1).text()) {
                    case "thirty", "30" -> 30;
                    case "fifteen", "15" -> 15;
                    case "forty", "45" -> 45;
                    default -> minute;
                };
            }
            return LocalTime.of(hourOfDay(hour, all), minute);
        }
        return null;
    }

    private static int hour(String word) {
        if (word.matches("\\d{1,2}(am|pm)?")) {
            int hour = Integer.parseInt(word.replaceAll("\\D", ""));
            return hour <= 23 ? hour : 0;
        }
        return NUMBERS.getOrDefault(word, 0);
    }

    private static int hourOfDay(int hour, String all) {
        if (hour > 12) {
            return hour;
        }
        boolean morning = all.contains(" morning ") || all.contains("am ");
        boolean later = all.contains(" evening ")
                || all.contains(" afternoon ")
                || all.contains(" night ")
                || all.contains(" tonight ")
                || all.matches(".*(\\d| )pm .*");
        if (later) {
            return hour == 12 ? 12 : hour + 12;
        }
        return morning || hour >= 8 ? hour : hour + 12;
    }
}
