package dev.trunkline.app.reception;

import dev.trunkline.app.reception.DayAsked.Days;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers when the place is open: in general, on a day, at a time, or now. */
final class HoursAnswer {

    private static final Set<String> CLOSING =
            Set.of("close", "closing", "closes", "closed", "shut", "shuts", "until", "till", "late", "latest", "lock");
    private static final Set<String> OPENING = Set.of("open", "opens", "opening", "early", "earliest", "from", "start");
    private static final Set<String> ASKS_WHEN = Set.of(
            "when",
            "time",
            "times",
            "hours",
            "hour",
            "until",
            "till",
            "late",
            "early",
            "schedule",
            "latest",
            "earliest");

    private final OpeningHours hours;

    HoursAnswer(OpeningHours hours) {
        this.hours = hours;
    }

    String answer(List<Words.Word> words, LocalDateTime now) {
        Days asked = DayAsked.in(words, now);
        boolean when = any(words, ASKS_WHEN);
        if (asked.unknown()) {
            return "I don't have our hours for that day. On an ordinary week, "
                    + lowerFirst(general(now.toLocalDate()));
        }
        if (asked.now()
                || (asked.dates().isEmpty()
                        && asked.time() == null
                        && !when
                        && any(words, Set.of("open", "closed", "still", "shut")))) {
            return now(now);
        }
        if (asked.dates().isEmpty() && asked.time() == null) {
            return general(now.toLocalDate());
        }
        List<LocalDate> dates = asked.dates().isEmpty() ? List.of(now.toLocalDate()) : asked.dates();
        if (dates.size() > 2) {
            return weekdays(dates);
        }
        LocalTime time = asked.time();
        if (time != null && dates.size() == 1) {
            return at(dates.getFirst(), time, now.toLocalDate());
        }
        List<String> sentences = new ArrayList<>();
        for (LocalDate date : dates) {
            sentences.add(on(date, words, when, now.toLocalDate()));
        }
        return String.join(" ", sentences);
    }

    private String now(LocalDateTime now) {
        for (OpeningHours.Span span : hours.on(now.toLocalDate())) {
            if (span.contains(now.toLocalTime())) {
                return "Yes, we're open right now, until " + SpokenTime.of(span.to()) + ".";
            }
        }
        return "We're closed at the moment." + reopening(now.toLocalDate(), now.toLocalTime(), now.toLocalDate());
    }

    private String on(LocalDate date, List<Words.Word> words, boolean when, LocalDate today) {
        String day = SpokenTime.of(date, today);
        List<OpeningHours.Span> spans = hours.on(date);
        if (spans.isEmpty()) {
            return "We're closed " + day + "." + reopening(date, LocalTime.MAX, today);
        }
        if (when && any(words, CLOSING) && !any(words, OPENING)) {
            return capital(day) + " we close at "
                    + SpokenTime.withPartOfDay(spans.getLast().to()) + ".";
        }
        return (when ? "" : "Yes, ") + (when ? capital(day) : day) + " we're open " + SpokenTime.of(spans) + ".";
    }

    private String at(LocalDate date, LocalTime time, LocalDate today) {
        String day = SpokenTime.of(date, today);
        List<OpeningHours.Span> spans = hours.on(date);
        if (spans.isEmpty()) {
            return "We're closed " + day + "." + reopening(date, LocalTime.MAX, today);
        }
        boolean open = spans.stream().anyMatch(span -> span.contains(time));
        return (open ? "Yes. " : "No, not at that time. ") + capital(day) + " we're open " + SpokenTime.of(spans) + ".";
    }

    private String reopening(LocalDate date, LocalTime after, LocalDate today) {
        return hours.nextOpening(date, after)
                .map(opening -> " We open again " + SpokenTime.of(opening.date(), today) + " at "
                        + SpokenTime.of(opening.time()) + ".")
                .orElse("");
    }

    /** Weekdays with the same hours are said together. */
    private String weekdays(List<LocalDate> dates) {
        List<DayOfWeek> days =
                dates.stream().map(LocalDate::getDayOfWeek).sorted().toList();
        return "We're open " + groups(days) + ".";
    }

    private String general(LocalDate today) {
        List<DayOfWeek> open = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            if (hours.on(day).isEmpty()) {
                closed.add(SpokenTime.of(day));
            } else {
                open.add(day);
            }
        }
        StringBuilder said =
                new StringBuilder(open.isEmpty() ? "We're closed for now." : "We're open " + groups(open) + ".");
        if (!closed.isEmpty() && !open.isEmpty() && closed.size() <= 3) {
            said.append(" We're closed on ").append(and(closed)).append('.');
        }
        for (int ahead = 0; ahead < 7; ahead++) {
            LocalDate date = today.plusDays(ahead);
            List<OpeningHours.Span> special = hours.exceptions().get(date);
            if (special != null) {
                said.append(" But ")
                        .append(SpokenTime.of(date, today))
                        .append(" we're ")
                        .append(special.isEmpty() ? "closed" : "open " + SpokenTime.of(special))
                        .append('.');
            }
        }
        return said.toString();
    }

    private String groups(List<DayOfWeek> days) {
        List<String> groups = new ArrayList<>();
        int start = 0;
        while (start < days.size()) {
            int end = start;
            while (end + 1 < days.size()
                    && days.get(end + 1) == days.get(end).plus(1)
                    && hours.on(days.get(end + 1)).equals(hours.on(days.get(start)))) {
                end++;
            }
            String name = SpokenTime.of(days.get(start));
            if (end > start) {
                name += (end == start + 1 ? " and " : " to ") + SpokenTime.of(days.get(end));
            }
            List<OpeningHours.Span> spans = hours.on(days.get(start));
            groups.add(name + (spans.isEmpty() ? " not at all" : " " + SpokenTime.of(spans)));
            start = end + 1;
        }
        return and(groups);
    }

    private static String and(List<String> parts) {
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1))
                        + (parts.size() > 2 ? ", and " : " and ")
                        + parts.getLast();
    }

    private static boolean any(List<Words.Word> words, Set<String> wanted) {
        return words.stream().anyMatch(word -> wanted.contains(word.text()));
    }

    static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
