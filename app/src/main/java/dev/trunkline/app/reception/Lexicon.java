package dev.trunkline.app.reception;

import java.util.ArrayList;
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

    /** A concept in words {@code start} to {@code end}, exclusive, with a certainty of 0 to 1. */
    record Match(Concept concept, int start, int end, double certainty) {}

    private record Phrase(Concept concept, List<String> stems) {}

    private record Reading(String stem, double certainty) {}

    private final Map<String, List<Phrase>> byFirstStem = new HashMap<>();
    private final Set<String> stems = new HashSet<>();
    private final Set<String> vocabulary = new HashSet<>();

    Lexicon(Facts facts) {
        for (Concept concept : Concept.values()) {
            concept.phrases().forEach(phrase -> add(concept, phrase));
        }
        for (String word : facts.business().split("\\s+", -1)) {
            addTopic(Concept.PREMISES, word);
        }
        for (Facts.Price price : facts.prices()) {
            for (String word : (price.name() + " " + String.join(" ", price.words())).split("\\s+", -1)) {
                addTopic(Concept.ITEM, word);
            }
        }
    }

    private void addTopic(Concept concept, String word) {
        for (Words.Word part : Words.of(word)) {
            if (!Words.isPlain(part.stem())) {
                add(concept, part.text());
            }
        }
    }

    private void add(Concept concept, String phrase) {
        List<Words.Word> words = Words.of(phrase);
        List<String> phraseStems = words.stream().map(Words.Word::stem).toList();
        byFirstStem
                .computeIfAbsent(phraseStems.getFirst(), first -> new ArrayList<>())
                .add(new Phrase(concept, phraseStems));
        for (Words.Word word : words) {
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
                for (Phrase phrase : byFirstStem.getOrDefault(first.stem(), List.of())) {
                    double certainty = certainty(phrase, readings, start);
                    if (certainty > 0) {
                        matches.add(new Match(
                                phrase.concept(), start, start + phrase.stems().size(), certainty));
                    }
                }
            }
            matches.addAll(joined(words, start));
        }
        return matches;
    }

    private List<Reading> readings(Words.Word word) {
        boolean known = stems.contains(word.stem());
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(word.stem(), 1));
        if (SoundAlike.isOftenConfused(word.text()) || (!known && !Words.isPlain(word.stem()))) {
            SoundAlike.nearest(word.text(), vocabulary)
                    .ifPresent(near -> readings.add(new Reading(Words.stem(near), MISHEARD)));
        }
        return readings;
    }

    private static double certainty(Phrase phrase, List<List<Reading>> readings, int start) {
        if (start + phrase.stems().size() > readings.size()) {
            return 0;
        }
        double certainty = 1;
        for (int i = 0; i < phrase.stems().size(); i++) {
            String wanted = phrase.stems().get(i);
            double best = 0;
            for (Reading reading : readings.get(start + i)) {
                if (reading.stem().equals(wanted)) {
                    best = Math.max(best, reading.certainty());
                }
            }
            if (best == 0) {
                return 0;
            }
            certainty = Math.min(certainty, best);
        }
        return certainty;
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
                : SoundAlike.nearest(both, vocabulary).filter(w -> w.length() > 5);
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
