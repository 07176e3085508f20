package dev.trunkline.models.reading;

import java.util.List;
import java.util.regex.Matcher;

/** Numbers that are nothing more special. */
final class NumberRules {

    private static final String NUMBER = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";
    private static final String UNITS = "km|kg|cm|mm|mph|lbs?|oz|ft|GB|MB|min|mins|hrs?|sec|secs";

    static final List<Rule> RULES = List.of(
            Rule.of("(?<![\\w.])(\\d{1,9})(?:st|nd|rd|th)\\b", m -> Numerals.ordinal(Long.parseLong(m.group(1)))),
            Rule.of("(?<!\\w)1/2(?![\\w/])", m -> "one half"),
            Rule.of("(?<!\\w)1/4(?![\\w/])", m -> "one quarter"),
            Rule.of("(?<!\\w)3/4(?![\\w/])", m -> "three quarters"),
            Rule.of("(?<!\\w)24/7(?![\\w/])", m -> "twenty four seven"),
            Rule.of("(?<![\\w.])(" + NUMBER + ")\\s*%", m -> Numerals.decimal(m.group(1)) + " percent"),
            Rule.of(
                    "(?<![\\w.])(" + NUMBER + ")\\s?(" + UNITS + ")\\b\\.?",
                    m -> Numerals.decimal(m.group(1)) + " "
                            + unit(m.group(2), m.group(1).equals("1"))),
            // numbers and years from one to another
            Rule.of(
                    "(?<![\\w.])(\\d{1,4})\\s?[-\u2013]\\s?(\\d{1,4})(?![\\w-])",
                    m -> plain(m.group(1)) + " to " + plain(m.group(2))),
            Rule.of("(?:#|\\bNo\\.\\s?|\\bno\\.\\s?)(\\d+)\\b", m -> "number " + longer(m.group(1))),
            Rule.of(
                    "(?<=\\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Oo]f)\\s)((?:19|20)\\d\\d)(?![\\w,]|\\.\\d)",
                    m -> Numerals.year(Integer.parseInt(m.group(1)))),
            Rule.of("(?<![\\w.])-(" + NUMBER + ")(?!\\w)", m -> "minus " + Numerals.decimal(m.group(1))),
            Rule.of(
                    "(?<![\\d.])(\\d+(?:\\.\\d+){2,})(?!\\w)",
                    m -> m.group(1)
                            .chars()
                            .mapToObj(c -> c == '.' ? "point" : Numerals.digit((char) c))
                            .collect(java.util.stream.Collectors.joining(" "))),
            Rule.of("(?<!\\w)(" + NUMBER + ")(?!\\w)", NumberRules::number));

    private NumberRules() {}

    private static String number(Matcher found) {
        String number = found.group(1);
        return number.contains(",") || number.contains(".") ? Numerals.decimal(number) : longer(number);
    }

    /** Five digits and more, or a leading zero, are a code: an order, a postal code, an extension. */
    private static String longer(String number) {
        return number.length() >= 5 || number.length() > 1 && number.startsWith("0")
                ? Numerals.digits(number)
                : plain(number);
    }

    private static String plain(String number) {
        return Numerals.cardinal(Long.parseLong(number));
    }

    private static String unit(String unit, boolean one) {
        String name = switch (unit) {
            case "km" -> "kilometer";
            case "kg" -> "kilogram";
            case "cm" -> "centimeter";
            case "mm" -> "millimeter";
            case "lb", "lbs" -> "pound";
            case "oz" -> "ounce";
            case "GB" -> "gigabyte";
            case "MB" -> "megabyte";
            case "min", "mins" -> "minute";
            case "hr", "hrs" -> "hour";
            case "sec", "secs" -> "second";
            case "ft" -> one ? "foot" : "feet";
            case "mph" -> "mile";
            default -> throw new IllegalArgumentException(unit);
        };
        String counted = one || name.equals("feet") ? name : name + "s";
        return unit.equals("mph") ? counted + " per hour" : counted;
    }
}
