package dev.trunkline.app.reception;

import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers the questions about the place in sentences for the ear. */
final class Answers {

    private static final Set<String> ABOUT_PARKING = Set.of("park", "parking", "car");
    private static final Set<String> ABOUT_THE_WAY = Set.of(
            "get",
            "find",
            "reach",
            "directions",
            "direction",
            "way",
            "bus",
            "train",
            "station",
            "tram",
            "walk",
            "drive",
            "far",
            "route",
            "come",
            "tube",
            "metro",
            "underground",
            "foot",
            "taxi",
            "navigate",
            "travel");
    private static final Set<String> ABOUT_THE_ADDRESS =
            Set.of("address", "street", "road", "postcode", "located", "location", "whereabouts", "situated", "based");
    private static final int MANY = 4;

    private final Facts facts;
    private final HoursAnswer hours;
    private final InstantSource clock;

    Answers(Facts facts, InstantSource clock) {
        this.facts = facts;
        this.hours = new HoursAnswer(facts.hours());
        this.clock = clock;
    }

    /** The answer to one of the questions about the place. */
    String answer(Intent intent, List<Words.Word> words) {
        return switch (intent) {
            case HOURS ->
                hours.answer(
                        words,
                        LocalDateTime.ofInstant(clock.instant(), facts.hours().zone()));
            case ADDRESS -> address(words);
            case PRICES -> prices(words);
            default -> throw new IllegalArgumentException("no question about the place: " + intent);
        };
    }

    private String address(List<Words.Word> words) {
        boolean parking = any(words, ABOUT_PARKING);
        boolean way = any(words, ABOUT_THE_WAY);
        boolean where = any(words, ABOUT_THE_ADDRESS);
        String address = "We're at " + facts.address() + ".";
        if (parking && !facts.parking().isEmpty()) {
            return (where ? address + " " : "") + facts.parking();
        }
        if (way && !facts.directions().isEmpty()) {
            return address + " " + facts.directions();
        }
        return address;
    }

    private String prices(List<Words.Word> words) {
        if (facts.prices().isEmpty()) {
            return "I don't have our prices.";
        }
        List<Facts.Price> asked = asked(words);
        List<String> sentences = new ArrayList<>();
        for (Facts.Price price : asked.subList(0, Math.min(MANY, asked.size()))) {
            sentences.add(HoursAnswer.capital(price.name()) + " is " + price.price() + ".");
        }
        return String.join(" ", sentences);
    }

    /** What the words fit best; a word that names only one thing says more than one that names all. */
    private List<Facts.Price> asked(List<Words.Word> words) {
        Set<String> heard = new HashSet<>();
        words.forEach(word -> heard.add(word.stem()));
        List<Facts.Price> best = new ArrayList<>();
        double bestScore = 0;
        for (Facts.Price price : facts.prices()) {
            double score = 0;
            for (String stem : stems(price)) {
                if (heard.contains(stem)) {
                    score += 1.0
                            / facts.prices().stream()
                                    .filter(other -> stems(other).contains(stem))
                                    .count();
                }
            }
            if (score > bestScore + 0.01) {
                best.clear();
                bestScore = score;
            }
            if (score > 0 && score >= bestScore - 0.01) {
                best.add(price);
            }
        }
        return best.isEmpty() ? facts.prices() : best;
    }

    private static Set<String> stems(Facts.Price price) {
        Set<String> stems = new HashSet<>();
        for (Words.Word word : Words.of(price.name() + " " + String.join(" ", price.words()))) {
            if (word.text().length() > 3 && !Set.of("my", "coming", "time").contains(word.text())) {
                stems.add(word.stem());
            }
        }
        return stems;
    }

    private static boolean any(List<Words.Word> words, Set<String> wanted) {
        return words.stream().anyMatch(word -> wanted.contains(word.text()));
    }
}
