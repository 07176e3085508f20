package dev.trunkline.app.reception;

import dev.trunkline.app.reception.Intent.Family;
import dev.trunkline.app.reception.Lexicon.Match;
import dev.trunkline.app.reception.Understood.Wish;
import dev.trunkline.app.reception.Words.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a caller wants, by rules: concepts that are found in the words speak for wishes, words that belong to none
 * speak against a question about the place, above all when the question turns on them ("the opening hours of the
 * museum"). A wish is sure from {@link #THRESHOLD} on. Immutable.
 */
final class Understanding {

    static final double THRESHOLD = 2.0;
    /** From here on it is worth asking back. */
    static final double NEARLY = 1.3;
    /** Two wishes that cannot be had together need this much between them. */
    private static final double MARGIN = 0.2;

    private static final double STRANGE_WORD_IN_TALK = 0.25;
    private static final double STRANGE_WORD_IN_SMALL_TALK = 0.5;
    private static final double OTHER_TOPIC_IN_TALK = 0.05;
    /** Talk about what is to be done may hold any words, so they never say more than this against it. */
    private static final double STRANGE_TALK = 0.75;

    private static final double SHORT_AND_PLAIN = 0.6;
    private static final double SAME_TOPIC = 1.4;

    private static final Set<String> CONJUNCTIONS =
            Set.of("and", "but", "because", "cause", "if", "whether", "so", "since", "or", "then");
    private static final Set<String> AUXILIARIES =
            Set.of("can", "could", "would", "will", "do", "does", "did", "why", "are", "is", "should", "may");
    private static final Set<String> PRONOUNS =
            Set.of("i", "you", "we", "they", "there", "somebody", "someone", "anybody", "anyone");

    /** Words that begin a question, which is no farewell unless a word of parting is in it. */
    private static final Set<String> ASKING = Set.of("where", "when", "how", "what", "which", "who", "whereabouts");

    /** Nouns that are something of ours. */
    private static final Set<Concept> OURS =
            EnumSet.of(Concept.ITEM, Concept.ITEM_NAME, Concept.PREMISES, Concept.PLACE, Concept.HOURS, Concept.DAY);

    /** Part of an utterance, from {@code start} to {@code end}, exclusive. */
    private record Window(int start, int end) {

        boolean holds(Match match) {
            return match.start() >= start && match.end() <= end;
        }

        boolean apartFrom(Window other) {
            return end <= other.start || other.end <= start;
        }
    }

    private record Scored(Intent intent, double score, Window window, boolean strange, boolean parting) {}

    private final Lexicon lexicon;

    Understanding(Facts facts) {
        this.lexicon = new Lexicon(facts);
    }

    /**
     * What that utterance wants.
     *
     * @param topic what was talked about just before, which makes "and on Sunday?" a question
     */
    Understood understand(String utterance, @Nullable Intent topic) {
        List<Word> words = Words.of(utterance);
        if (words.isEmpty()) {
            return new Understood(words, List.of(), Optional.empty(), Set.of());
        }
        List<Match> matches = lexicon.matches(words);
        Understood first = understand(words, matches, topic);
        if (first.best().isPresent() || !first.declined().isEmpty()) {
            return first;
        }
        // nothing is plain, so listen once more for what only sounds like it
        List<Match> alike = lexicon.soundingAlike(words);
        if (alike.isEmpty()) {
            return first;
        }
        List<Match> all = new ArrayList<>(matches);
        all.addAll(alike);
        Understood second = understand(words, all, topic);
        return second.best().filter(best -> best.family() == Family.FACT).isPresent() ? second : first;
    }

    private Understood understand(List<Word> words, List<Match> matches, @Nullable Intent topic) {
        Set<Intent> declined = EnumSet.noneOf(Intent.class);
        List<Window> windows = windows(words);
        List<Scored> scored = new ArrayList<>();
        for (Intent intent : Intent.values()) {
            List<Match> positive = withoutDeclined(intent, words, matches, declined);
            windows.stream()
                    .map(window -> score(intent, window, words, positive, topic))
                    .reduce((one, other) -> other.score() > one.score() ? other : one)
                    .ifPresent(scored::add);
        }
        if (declined.contains(Intent.PERSON) && matches.stream().anyMatch(m -> m.concept() == Concept.MACHINE)) {
            // "I don't want to talk to a machine"
            declined.remove(Intent.PERSON);
            scored.removeIf(s -> s.intent() == Intent.ARE_YOU_A_ROBOT);
            scored.add(new Scored(Intent.PERSON, THRESHOLD + 1, windows.getFirst(), false, false));
        }
        return decide(words, scored, declined);
    }

    private static Understood decide(List<Word> words, List<Scored> scored, Set<Intent> declined) {
        List<Scored> sure = new ArrayList<>(scored.stream()
                .filter(s -> s.score() >= THRESHOLD)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList());
        boolean asksMore = asksMore(words, scored);
        sure.removeIf(s -> s.intent() == Intent.GOODBYE
                && !s.parting()
                && ASKING.contains(words.getFirst().text()));
        sure.removeIf(s -> isCourtesy(s.intent()) && asksMore);
        if (sure.stream().anyMatch(s -> isBusiness(s.intent()))) {
            double most = sure.stream()
                    .filter(s -> isBusiness(s.intent()))
                    .mapToDouble(Scored::score)
                    .max()
                    .orElse(0);
            sure.removeIf(s -> !isBusiness(s.intent()) && !(isAboutUs(s.intent()) && s.score() > most));
            if (sure.stream().anyMatch(s -> isAboutUs(s.intent()))) {
                sure.removeIf(s -> isBusiness(s.intent()));
            }
        }
        sure.sort(Comparator.comparingInt((Scored s) -> rank(s.intent())).thenComparing(s -> -s.score()));
        if (sure.isEmpty()) {
            Optional<Intent> nearly = scored.stream()
                    .filter(s -> s.score() >= NEARLY && !s.strange() && isBusiness(s.intent()))
                    .max(Comparator.comparingDouble(Scored::score))
                    .map(Scored::intent);
            return new Understood(words, List.of(), declined.isEmpty() ? nearly : Optional.empty(), declined);
        }
        Scored first = sure.getFirst();
        List<Wish> wishes = new ArrayList<>();
        wishes.add(new Wish(first.intent(), first.score()));
        Set<Window> answered = new HashSet<>(Set.of(first.window()));
        for (Scored next : sure.subList(1, sure.size())) {
            boolean both =
                    next.intent().family() == Family.FACT && first.intent().family() == Family.FACT;
            if (both && answered.stream().allMatch(window -> window.apartFrom(next.window()))) {
                wishes.add(new Wish(next.intent(), next.score()));
                answered.add(next.window());
            } else if (isBusiness(next.intent())
                    && rank(next.intent()) == rank(first.intent())
                    && first.score() - next.score() < MARGIN
                    && wishes.size() == 1) {
                return new Understood(words, List.of(), Optional.of(first.intent()), declined);
            }
        }
        return new Understood(words, wishes, Optional.empty(), declined);
    }

    /** Whether a greeting or thanks is only the opening of something else that was not understood. */
    private static boolean asksMore(List<Word> words, List<Scored> scored) {
        boolean strange = scored.stream()
                .anyMatch(s -> isCourtesy(s.intent())
                        && s.score() >= THRESHOLD
                        && words.size() > s.window().end() - s.window().start() + 3);
        return strange && words.size() > 4;
    }

    /** Whether it asks what we are: that shares its words with asking for a person. */
    private static boolean isAboutUs(Intent intent) {
        return intent == Intent.ARE_YOU_A_ROBOT || intent == Intent.WHO_ARE_YOU;
    }

    private static boolean isCourtesy(Intent intent) {
        return intent == Intent.GREETING || intent == Intent.THANKS;
    }

    private static boolean isBusiness(Intent intent) {
        return intent.family() == Family.FACT || intent.family() == Family.ACTION;
    }

    /** Which of two sure wishes goes first whatever their scores: leaving ends everything, and courtesies come last. */
    private static int rank(Intent intent) {
        return switch (intent) {
            case CANCEL -> 0;
            case HOURS, ADDRESS, PRICES, MESSAGE, PERSON -> 1;
            case GOODBYE -> 2;
            case REPEAT -> 3;
            case ARE_YOU_A_ROBOT, HOW_ARE_YOU, WHO_ARE_YOU, WHAT_CAN_YOU_DO, CAN_YOU_HEAR_ME -> 4;
            case WAIT -> 5;
            case THANKS -> 6;
            case GREETING -> 7;
        };
    }

    private static Scored score(
            Intent intent, Window window, List<Word> words, List<Match> matches, @Nullable Intent topic) {
        Map<Concept, Double> heard = new EnumMap<>(Concept.class);
        Set<Integer> explained = new HashSet<>();
        Set<Integer> known = new HashSet<>();
        Set<Integer> ours = new HashSet<>();
        for (Match match : matches) {
            if (!window.holds(match)) {
                continue;
            }
            boolean speaks = Evidence.weight(intent, match.concept()) != 0;
            if (speaks) {
                heard.merge(match.concept(), match.certainty(), Math::max);
            }
            for (int i = match.start(); i < match.end(); i++) {
                (speaks ? explained : known).add(i);
                if (speaks && OURS.contains(match.concept())) {
                    ours.add(i);
                }
            }
        }
        double score = Evidence.score(intent, heard);
        if (score <= 0) {
            return new Scored(intent, score, window, true, false);
        }
        boolean strange = false;
        double against = 0;
        int topicWords = 0;
        for (int i = window.start(); i < window.end(); i++) {
            if (explained.contains(i)) {
                topicWords++;
            } else if (!Words.isPlain(words.get(i).stem())) {
                against += penalty(intent, known.contains(i));
                strange |= !known.contains(i);
            }
        }
        if (intent.family() == Family.FACT) {
            boolean ownSubject = heard.containsKey(Concept.ITEM_NAME) || heard.containsKey(Concept.YOUR);
            score = new Strangeness(words, window.start(), window.end(), explained, known, ours)
                    .leftOf(score, ownSubject, THRESHOLD);
        } else {
            score -= Math.min(against, STRANGE_TALK);
        }
        boolean whole = window.end() - window.start() == words.size();
        boolean allOfIt = intent != Intent.REPEAT || topicWords == words.size();
        if (whole && !strange && allOfIt && topicWords > 0 && words.size() <= 3) {
            score += SHORT_AND_PLAIN;
        }
        if (whole && !strange && intent == topic && intent.family() == Family.FACT && words.size() <= 7) {
            score += SAME_TOPIC;
        }
        return new Scored(intent, score, window, strange, heard.getOrDefault(Concept.BYE, 0.0) >= 1);
    }

    private static double penalty(Intent intent, boolean otherTopic) {
        double strange = intent.family() == Family.SMALL_TALK ? STRANGE_WORD_IN_SMALL_TALK : STRANGE_WORD_IN_TALK;
        return otherTopic ? OTHER_TOPIC_IN_TALK : strange;
    }

    /** The matches that still count for the wish when what is negated is taken away, and noted as declined. */
    private static List<Match> withoutDeclined(
            Intent intent, List<Word> words, List<Match> matches, Set<Intent> declined) {
        if (intent != Intent.MESSAGE && intent != Intent.PERSON) {
            return matches;
        }
        List<Match> left = new ArrayList<>();
        for (Match match : matches) {
            if (Evidence.weight(intent, match.concept()) >= 0.7 && isNegated(words, match.start())) {
                declined.add(intent);
            } else {
                left.add(match);
            }
        }
        return left;
    }

    private static boolean isNegated(List<Word> words, int at) {
        for (int i = at; i-- > 0 && at - i <= 7; ) {
            if (words.get(i + 1).breakBefore()
                    || CONJUNCTIONS.contains(words.get(i + 1).text())) {
                return false;
            }
            switch (words.get(i).text()) {
                case "not", "never", "without" -> {
                    return !isNegatedQuestion(words, i);
                }
                case "no" -> {
                    return i == at - 1 || words.get(i + 1).text().equals("need");
                }
                default -> {}
            }
        }
        return false;
    }

    /** "Can't I ...", "could you not ...", "why don't you ...": these ask for it. */
    private static boolean isNegatedQuestion(List<Word> words, int not) {
        boolean before = not > 0 && AUXILIARIES.contains(words.get(not - 1).text());
        boolean after =
                not + 1 < words.size() && PRONOUNS.contains(words.get(not + 1).text());
        boolean around = not > 1
                && PRONOUNS.contains(words.get(not - 1).text())
                && AUXILIARIES.contains(words.get(not - 2).text());
        return (before && after) || around;
    }

    /** Each clause, each two neighbours, and all of it; of equals the first is taken, so the smallest stand first. */
    private static List<Window> windows(List<Word> words) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).breakBefore() || CONJUNCTIONS.contains(words.get(i).text())) {
                starts.add(i);
            }
        }
        starts.add(words.size());
        Set<Window> windows = new LinkedHashSet<>();
        for (int span = 1; span <= 2; span++) {
            for (int i = 0; i + span < starts.size(); i++) {
                windows.add(new Window(starts.get(i), starts.get(i + span)));
            }
        }
        windows.add(new Window(0, words.size()));
        return List.copyOf(windows);
    }
}
