package dev.trunkline.models.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Abbreviations, and what is spelled letter by letter. */
final class LetterRules {

    private static final Map<String, String> TITLES = Map.of(
            "Mr",
            "Mister",
            "Mrs",
            "Missus",
            "Ms",
            "Miz",
            "Dr",
            "Doctor",
            "Prof",
            "Professor",
            "St",
            "Saint",
            "Sr",
            "Senior",
            "Jr",
            "Junior");
    private static final Map<String, String> STREETS = Map.ofEntries(
            Map.entry("St", "Street"),
            Map.entry("Ave", "Avenue"),
            Map.entry("Rd", "Road"),
            Map.entry("Blvd", "Boulevard"),
            Map.entry("Dr", "Drive"),
            Map.entry("Ln", "Lane"),
            Map.entry("Hwy", "Highway"),
            Map.entry("Sq", "Square"),
            Map.entry("Apt", "Apartment"),
            Map.entry("Bldg", "Building"));
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("e.g.", "for example"),
            Map.entry("i.e.", "that is"),
            Map.entry("etc.", "et cetera"),
            Map.entry("vs.", "versus"),
            Map.entry("approx.", "approximately"),
            Map.entry("appt.", "appointment"),
            Map.entry("dept.", "department"),
            Map.entry("Dept.", "Department"),
            Map.entry("ext.", "extension"),
            Map.entry("Ext.", "Extension"),
            Map.entry("Inc.", "Incorporated"),
            Map.entry("Ltd.", "Limited"),
            Map.entry("Corp.", "Corporation"),
            Map.entry("Co.", "Company"),
            Map.entry("tel.", "telephone"),
            Map.entry("Tel.", "Telephone"),
            Map.entry("min.", "minutes"),
            Map.entry("max.", "maximum"));
    /** Capital letters that are said as a word. */
    private static final Set<String> WORDS = Set.of(
            "OK", "NASA", "NATO", "PIN", "COVID", "LAN", "RAM", "SIM", "ZIP", "ASAP", "AM", "PM", "A", "I", "O", "US",
            "NO", "YES", "AND", "THE", "NOT", "ALL", "OR", "IF", "IS", "IT", "BE", "TO", "IN", "ON", "OF", "AT", "BY",
            "WE", "YOU", "FOR");

    private static final String[] NAMES = {
        "ay",
        "bee",
        "see",
        "dee",
        "ee",
        "eff",
        "gee",
        "aitch",
        "eye",
        "jay",
        "kay",
        "el",
        "em",
        "en",
        "oh",
        "pee",
        "cue",
        "ar",
        "ess",
        "tee",
        "you",
        "vee",
        "double you",
        "ex",
        "why",
        "zee"
    };

    static final List<Rule> RULES = List.of(
            Rule.of(
                    "\\b(e\\.g\\.|i\\.e\\.|etc\\.|vs\\.|approx\\.|appt\\.|dept\\.|Dept\\.|[Ee]xt\\.|Inc\\.|Ltd\\.|Corp\\.|Co\\.|[Tt]el\\.|min\\.|max\\.)",
                    m -> SHORT.getOrDefault(m.group(1), "")),
            Rule.of(
                    "(?<=\\p{L}\\s|\\dth\\s|\\dst\\s|\\dnd\\s|\\drd\\s)(?<!\\b(?:[Ww]ith|[Ss]ee|[Tt]o|[Aa]nd|[Ff]or|[Aa]sk|[Cc]all|[Ff]rom|[Ii]s|[Bb]y|[Tt]he|[Dd]ear)\\s)(St|Ave|Rd|Blvd|Dr|Ln|Hwy|Sq|Apt|Bldg)\\b\\.?(?!\\s\\p{Lu}\\p{Ll})",
                    m -> STREETS.getOrDefault(m.group(1), "")),
            Rule.of(
                    "\\b(Mr|Mrs|Ms|Prof|(?:Dr|St|Sr|Jr)\\b(?=\\.?\\s\\p{Lu}|\\.?$|,))\\b\\.?",
                    m -> TITLES.getOrDefault(m.group(1), "")),
            // A.B.C. and U.S.
            Rule.of("\\b(?:\\p{Lu}\\.){2,}", m -> EnglishReader.spelled(m.group())),
            // codes of letters and digits
            Rule.of("\\b(?=\\w*\\d)(?=\\w*\\p{Lu})[\\p{Lu}\\d]{2,12}\\b", m -> EnglishReader.spelled(m.group())),
            Rule.of(
                    "\\b(\\p{Lu}{2,5})(s?)\\b(?!['\u2019]\\p{L})",
                    m -> WORDS.contains(m.group(1))
                            ? ""
                            : capitals(m.group(1)) + (m.group(2).isEmpty() ? "" : "s")),
            // a letter on its own, as when a name is spelled
            Rule.of(
                    "(?<![\\w'\u2019])[B-HJ-Z](?![\\w'\u2019])",
                    m -> name(m.group().charAt(0))));

    private LetterRules() {}

    /** Short ones and those without a vowel are spelled; longer ones are emphasis or a word. */
    private static String capitals(String letters) {
        return letters.length() <= 3 || !letters.matches(".*[AEIOU].*") ? EnglishReader.spelled(letters) : "";
    }

    /** How a letter is called. */
    static String name(int letter) {
        return letter >= 'A' && letter <= 'Z' ? NAMES[letter - 'A'] : Character.toString(letter);
    }
}
