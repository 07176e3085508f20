package dev.trunkline.app.reception;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the concepts in an utterance, also where a word was misheard. Immutable. */
final class Lexicon {

    /** Certainty of a word that was not heard but sounds like what was. */
    private static final double MISHEARD = 0.75;

    /** Certainty of a long phrase that sounds almost like what was heard; nothing better was found when it is looked for. */
    private static final double ALIKE = 1;

    /** Certainty of a small word that sounds just the same. */
    private static final double HOMOPHONE = 0.9;

    private static final List<Intent> DECIDED = List.of(Intent.HOURS, Intent.ADDRESS, Intent.PRICES);
    /** A concept that says so much is worth listening for it in garbled words. */
    private static final double DECISIVE = 0.9;

    /** Shorter phrases are too near to others. */
    private static final int SHORTEST_SOUND = 5;
    /** How much of a phrase may sound otherwise. */
    private static final double GARBLED = 0.12;

    private static final int LONGEST_RUN = 5;

    /** Stands in a phrase for any one word. */
    private static final String ANY_WORD = "x";

    private static final Set<String> FILLERS = Set.of(
            "just",
            "please",
            "really",
            "actually",
            "all",
            "folk",
            "guy",
            "quit",
            "mayb",
            "perhap",
            "kindly",
            "um",
            "uh",
            "er",
            "exactly",
            "alway",
            "also",
            "currently",
            "usually",
            "normally",
            "the",
            "some",
            "my",
            "only",
            "still",
            "quickly",
            "maybe",
            "perhaps",
            "even",
            "now",
            "then",
            "people",
            "always",
            "quite",
            "a",
            "to",
            "so",
            "very");

    /** A concept in words {@code start} to {@code end}, exclusive, with a certainty of 0 to 1. */
    record Match(Concept concept, int start, int end, double certainty) {}

    private record Phrase(Concept concept, List<String> stems) {}

    private record Sounding(Concept concept, String sound) {}

    private record Reading(String stem, double certainty) {}

    private final Map<String, List<Phrase>> byFirstStem = new HashMap<>();
    private final Set<String> stems = new HashSet<>();
    private final Set<String> vocabulary = new HashSet<>();
    private final List<Sounding> sounds = new ArrayList<>();
    private final SoundAlike soundAlike;

    Lexicon(Facts facts) {
        Map<Concept, List<String>> concepts = shipped();
        for (Concept concept : Concept.values()) {
            List<String> phrases = concepts.get(concept);
            if (phrases == null) {
                throw new IllegalStateException("concepts.txt has no " + concept);
            }
            phrases.forEach(phrase -> add(concept, phrase));
        }
        for (String word : facts.business().split("\\s+", -1)) {
            addTopic(Concept.PREMISES, word);
        }
        for (String word : facts.address().split("\\s+", -1)) {
            addTopic(Concept.PREMISES, word);
        }
        for (Facts.Price price : facts.prices()) {
            for (String word : (price.name() + " " + String.join(" ", price.words())).split("\\s+", -1)) {
                addTopic(Concept.ITEM, word);
            }
            addName(price.name());
            price.words().forEach(this::addName);
        }
        soundAlike = new SoundAlike(vocabulary);
    }

    private static Map<Concept, List<String>> shipped() {
        try (InputStream in = Lexicon.class.getResourceAsStream("concepts.txt")) {
            if (in == null) {
                throw new IllegalStateException("concepts.txt is missing from the package");
            }
            Map<Concept, List<String>> concepts = new EnumMap<>(Concept.class);
            List<String> phrases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(" ")) {
                    for (String phrase : line.split(",", -1)) {
                        if (!phrase.isBlank()) {
                            phrases.add(phrase.strip());
                        }
                    }
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    phrases = new ArrayList<>();
                    concepts.put(Concept.valueOf(line.strip()), phrases);
                }
            }
            return concepts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addTopic(Concept concept, String word) {
        for (Words.Word part : Words.of(word)) {
            if (!Words.isPlain(part.stem())) {
                add(concept, part.text());
            }
        }
    }

    private void addName(String name) {
        String bare = name.replaceFirst("^(a|an|the) ", "");
        List<Words.Word> words = Words.of(bare);
        if (words.stream().anyMatch(word -> !Words.isPlain(word.stem()))) {
            add(Concept.ITEM_NAME, bare);
        }
    }

    private void add(Concept concept, String phrase) {
        List<Words.Word> words = Words.of(phrase);
        List<String> phraseStems = words.stream().map(Words.Word::stem).toList();
        byFirstStem
                .computeIfAbsent(phraseStems.getFirst(), first -> new ArrayList<>())
                .add(new Phrase(concept, phraseStems));
        List<String> texts = words.stream().map(Words.Word::text).toList();
        String sound = SoundKey.of(texts);
        boolean telling = concept == Concept.ITEM_NAME
                || DECIDED.stream().anyMatch(fact -> Evidence.weight(fact, concept) >= DECISIVE);
        boolean plain = words.stream().allMatch(word -> Words.isPlain(word.stem()));
        if (telling && !plain && sound.length() >= SHORTEST_SOUND && !texts.contains(ANY_WORD)) {
            sounds.add(new Sounding(concept, sound));
        }
        for (Words.Word word : words) {
            if (word.text().equals(ANY_WORD)) {
                continue;
            }
            stems.add(word.stem());
            if (!Words.isPlain(word.stem())) {
                vocabulary.add(word.text());
            }
        }
    }

    /** Every concept that the words may speak of; they may overlap. */
    List<Match> matches(List<Words.Word> words) {
        List<List<Reading>> readings = new ArrayList<>();
        for (Words.Word word : words) {
            readings.add(readings(word));
        }
        List<Match> matches = new ArrayList<>();
        for (int start = 0; start < words.size(); start++) {
            for (Reading first : readings.get(start)) {
                addMatches(first.stem(), readings, start, matches);
            }
            addMatches(ANY_WORD, readings, start, matches);
            matches.addAll(joined(words, start));
        }
        return withoutAbsorbed(matches);
    }

    /** What the words sound like when borders between them are not looked at; worth little if words are plain. */
    List<Match> soundingAlike(List<Words.Word> words) {
        List<Match> matches = new ArrayList<>();
        for (int start = 0; start < words.size(); start++) {
            for (int end = start + 1; end <= Math.min(words.size(), start + LONGEST_RUN); end++) {
                List<Words.Word> run = words.subList(start, end);
                if (end - start > 1 && words.get(end - 1).breakBefore()) {
                    break;
                }
                if (run.stream().allMatch(this::known)) {
                    continue;
                }
                String heard = SoundKey.of(run.stream().map(Words.Word::text).toList());
                for (Sounding sounding : sounds) {
                    double limit = GARBLED * sounding.sound().length();
                    if (Math.abs(heard.length() - sounding.sound().length()) <= 2 * limit
                            && SoundKey.distance(heard, sounding.sound(), limit) <= limit) {
                        matches.add(new Match(sounding.concept(), start, end, ALIKE));
                    }
                }
            }
        }
        return matches;
    }

    private List<Reading> readings(Words.Word word) {
        boolean known = stems.contains(word.stem());
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(word.stem(), 1));
        SoundAlike.homophone(word.text()).ifPresent(same -> readings.add(new Reading(Words.stem(same), HOMOPHONE)));
        if (SoundAlike.isOftenConfused(word.text()) || (!known && !Words.isPlain(word.stem()))) {
            soundAlike.nearest(word.text()).ifPresent(near -> readings.add(new Reading(Words.stem(near), MISHEARD)));
        }
        return readings;
    }

    private void addMatches(String first, List<List<Reading>> readings, int start, List<Match> matches) {
        for (Phrase phrase : byFirstStem.getOrDefault(first, List.of())) {
            at(phrase, readings, start).ifPresent(matches::add);
        }
    }

    /** The phrase at that place, if it is there; one filler may stand inside. */
    private static Optional<Match> at(Phrase phrase, List<List<Reading>> readings, int start) {
        double certainty = 1;
        int at = start;
        boolean skipped = false;
        for (int i = 0; i < phrase.stems().size(); i++) {
            String wanted = phrase.stems().get(i);
            double best = at < readings.size() ? certainty(wanted, readings.get(at)) : 0;
            if (best == 0 && i > 0 && !skipped && at + 1 < readings.size() && isFiller(readings.get(at))) {
                skipped = true;
                at++;
                best = certainty(wanted, readings.get(at));
            }
            if (best == 0) {
                return Optional.empty();
            }
            certainty = Math.min(certainty, best);
            at++;
        }
        return Optional.of(new Match(phrase.concept(), start, at, certainty));
    }

    private static double certainty(String wanted, List<Reading> readings) {
        if (wanted.equals(ANY_WORD)) {
            return 1;
        }
        double best = 0;
        for (Reading reading : readings) {
            if (reading.stem().equals(wanted)) {
                best = Math.max(best, reading.certainty());
            }
        }
        return best;
    }

    private static boolean isFiller(List<Reading> readings) {
        return FILLERS.contains(readings.getFirst().stem());
    }

    /** Without the words of a fixed phrase that mean nothing by themselves there: "talk to you soon" is no talk. */
    private static List<Match> withoutAbsorbed(List<Match> matches) {
        return matches.stream()
                .filter(match -> matches.stream()
                        .noneMatch(longer -> longer.concept().absorbs()
                                && longer.end() - longer.start() > match.end() - match.start()
                                && longer.start() <= match.start()
                                && longer.end() >= match.end()))
                .toList();
    }

    /** One long word that was heard as two: "add dress". */
    private List<Match> joined(List<Words.Word> words, int start) {
        if (start + 1 >= words.size()) {
            return List.of();
        }
        Words.Word one = words.get(start);
        Words.Word two = words.get(start + 1);
        String both = one.text() + two.text();
        boolean strange = !known(one) || !known(two);
        if (!strange || both.length() < 6) {
            return List.of();
        }
        Optional<String> near = vocabulary.contains(both)
                ? Optional.of(both)
                : soundAlike.nearest(both).filter(w -> w.length() > 5 && SoundAlike.distance(w, both) <= 1);
        return near.map(Words::stem)
                .map(stem -> byFirstStem.getOrDefault(stem, List.of()).stream()
                        .filter(phrase -> phrase.stems().size() == 1)
                        .map(phrase -> new Match(phrase.concept(), start, start + 2, MISHEARD))
                        .toList())
                .orElse(List.of());
    }

    private boolean known(Words.Word word) {
        return stems.contains(word.stem()) || Words.isPlain(word.stem());
    }
}
