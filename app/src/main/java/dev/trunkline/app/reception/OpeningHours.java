package dev.trunkline.app.reception;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a place is open. Immutable.
 *
 * @param zone where its clock is
 * @param week the ordinary hours of each day, none if closed, in order and not overlapping
 * @param exceptions days that differ from their weekday
 */
public record OpeningHours(ZoneId zone, Map<DayOfWeek, List<Span>> week, Map<LocalDate, List<Span>> exceptions) {

    /** Open from this time up to that one of the same day. */
    public record Span(LocalTime from, LocalTime to) {

        boolean contains(LocalTime time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /** A moment at which the doors open. */
    record Opening(LocalDate date, LocalTime time) {}

    public OpeningHours {
        Map<DayOfWeek, List<Span>> all = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            all.put(day, List.copyOf(week.getOrDefault(day, List.of())));
        }
        week = Map.copyOf(all);
        exceptions = Map.copyOf(exceptions);
    }

    /** The hours of that weekday when nothing is special. */
    List<Span> on(DayOfWeek day) {
        return week.getOrDefault(day, List.of());
    }

    /** The hours of that very day. */
    List<Span> on(LocalDate date) {
        return exceptions.getOrDefault(date, on(date.getDayOfWeek()));
    }

    /** The next opening after that time, within two weeks. */
    Optional<Opening> nextOpening(LocalDate date, LocalTime after) {
        for (int ahead = 0; ahead <= 14; ahead++) {
            LocalDate day = date.plusDays(ahead);
            for (Span span : on(day)) {
                if (ahead > 0 || span.from().isAfter(after)) {
                    return Optional.of(new Opening(day, span.from()));
                }
            }
        }
        return Optional.empty();
    }
}
