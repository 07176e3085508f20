package dev.trunkline.models.reading;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times of day and dates. */
final class TimeRules {

    /** The last point belongs to it only where the sentence goes on. */
    private static final String HALF_DAY = "([AaPp])\\.?\\s?[Mm]\\b(?:\\.(?=\\W*[a-z,;:)]))?";

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("Jan", "January"),
            Map.entry("Feb", "February"),
            Map.entry("Mar", "March"),
            Map.entry("Apr", "April"),
            Map.entry("Jun", "June"),
            Map.entry("Jul", "July"),
            Map.entry("Aug", "August"),
            Map.entry("Sep", "September"),
            Map.entry("Sept", "September"),
            Map.entry("Oct", "October"),
            Map.entry("Nov", "November"),
            Map.entry("Dec", "December"),
            Map.entry("Mon", "Monday"),
            Map.entry("Tue", "Tuesday"),
            Map.entry("Tues", "Tuesday"),
            Map.entry("Wed", "Wednesday"),
            Map.entry("Thu", "Thursday"),
            Map.entry("Thurs", "Thursday"),
            Map.entry("Fri", "Friday"),
            Map.entry("Sat", "Saturday"),
            Map.entry("Sun", "Sunday"));
    private static final String DAY =
            "((?:Mon|Tue|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues|Tue|Wed|Thurs|Thu|Fri|Sat|Sun)\\b\\.?)";
    private static final String MONTH =
            "(January|February|March|April|May|June|July|August|September|October|November|December"
                    + "|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\\.?)";

    static final List<Rule> RULES = List.of(
            Rule.of("(?<![\\w/-])(\\d{4})-(\\d\\d)-(\\d\\d)(?![\\w/-])", m -> date(m.group(2), m.group(3), m.group(1))),
            Rule.of(
                    "(?<![\\w/-])(\\d{1,2})/(\\d{1,2})/(\\d{4})(?![\\w/-])",
                    m -> date(m.group(1), m.group(2), m.group(3))),
            Rule.of(
                    "\\b" + MONTH + "\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})\\b",
                    m -> month(m.group(1)) + " " + day(m.group(2)) + " " + Numerals.year(Integer.parseInt(m.group(3)))),
            Rule.of(
                    "\\b" + MONTH + "\\s(\\d{1,2})(?:st|nd|rd|th)?\\b(?![:\\d])",
                    m -> month(m.group(1)) + " " + day(m.group(2))),
            Rule.of(
                    "\\b" + MONTH + "\\s(\\d{4})\\b",
                    m -> month(m.group(1)) + " " + Numerals.year(Integer.parseInt(m.group(2)))),
            Rule.of(
                    "\\b" + DAY + "\\s?[-\u2013]\\s?" + DAY + "(?!\\w)",
                    m -> month(m.group(1)) + " to " + month(m.group(2))),
            Rule.of(
                    "\\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tues|Tue|Wed|Thurs|Thu|Fri)\\.(?=\\s)",
                    m -> SHORT.getOrDefault(m.group(1), "")),
            Rule.of(
                    "(?<![\\w:])(\\d{1,2}):(\\d\\d)(?::\\d\\d)?\\s?" + HALF_DAY,
                    m -> clock(m.group(1), m.group(2), m.group(3))),
            Rule.of("(?<![\\w:])(\\d{1,2})\\s?" + HALF_DAY, m -> clock(m.group(1), "00", m.group(2))),
            Rule.of(
                    "(?<![\\w:])(\\d{1,2})\\s?[-\u2013]\\s?(\\d{1,2})\\s?" + HALF_DAY,
                    m -> Numerals.decimal(m.group(1)) + " to " + clock(m.group(2), "00", m.group(3))),
            Rule.of(
                    "(?<![\\w:])(\\d{1,2}):(\\d\\d)\\s?[-\u2013]\\s?(\\d{1,2}):(\\d\\d)(?![:\\w])",
                    m -> clock(m.group(1), m.group(2), null) + " to " + clock(m.group(3), m.group(4), null)),
            Rule.of("(?<![\\w:])(\\d{1,2}):(\\d\\d)(?![:\\w])", m -> clock(m.group(1), m.group(2), null)));

    private TimeRules() {}

    private static String month(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return SHORT.getOrDefault(plain, plain);
    }

    private static String day(String number) {
        return Numerals.ordinal(Long.parseLong(number));
    }

    private static String date(String month, String day, String year) {
        int number = Integer.parseInt(month);
        int ofMonth = Integer.parseInt(day);
        if (number < 1 || number > 12 || ofMonth < 1 || ofMonth > 31) {
            return "";
        }
        return MONTHS[number - 1] + " " + Numerals.ordinal(ofMonth) + " " + Numerals.year(Integer.parseInt(year));
    }

    /** Empty if there is no such time. */
    private static String clock(String hour, String minute, @Nullable String half) {
        int hours = Integer.parseInt(hour);
        int minutes = Integer.parseInt(minute);
        if (hours > 24 || minutes > 59) {
            return "";
        }
        String words = Numerals.cardinal(hours);
        if (minutes == 0) {
            words += half == null ? hours > 12 || hours == 0 ? " hundred hours" : " o'clock" : "";
        } else {
            words += " " + (minutes < 10 ? "oh " : "") + Numerals.cardinal(minutes);
        }
        return half == null ? words : words + " " + EnglishReader.spelled(half + "m");
    }
}
