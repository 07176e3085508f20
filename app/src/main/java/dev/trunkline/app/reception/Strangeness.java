package dev.trunkline.app.reception;

import dev.trunkline.app.reception.Words.Word;
import java.util.List;
import java.util.Set;

/**
 * What words that belong to no wish say against a question about the place. A recogniser puts wrong words in, so beside
 * decisive ones they say little; but where they stand as what is asked about ("the price of the ticket", "does the museum
 * open"), the question is about something else.
 */
final class Strangeness {

    private static final double STRANGE_WORD = 0.8;
    private static final double ANOTHER_SUBJECT = 2.2;
    /** However much is familiar in a question about another subject. */
    private static final double ANOTHER_SHARE = 0.55;

    private static final double OTHER_TOPIC = 0.25;
    /** More loose words than that, and too little was understood. */
    private static final int FEW = 3;

    private static final Set<String> PREPOSITIONS = Set.of("of", "for", "to", "at", "in", "from", "about");
    /** What follows them is no subject if ours is named: "when do you open to my room" was heard of "tomorrow". */
    private static final Set<String> LOOSE_PREPOSITIONS = Set.of("to", "in");

    private static final Set<String> ARTICLES =
            Set.of("the", "a", "an", "my", "this", "his", "her", "their", "some", "nearest");
    private static final Set<String> INDEFINITE = Set.of("a", "an", "my");
    private static final Set<String> BEFORE_SUBJECT = Set.of("do", "does", "did", "is", "are", "was");
    private static final Set<String> DETERMINERS =
            Set.of("the", "a", "an", "my", "his", "her", "their", "new", "good", "big", "small");

    private final List<Word> words;
    private final int start;
    private final int end;
    private final Set<Integer> explained;
    private final Set<Integer> known;
    private final Set<Integer> ours;

    /**
     * Looks at words {@code start} to {@code end}, exclusive.
     *
     * @param explained those that speak for the wish
     * @param known those that speak for another one
     * @param ours those that name something of ours: a strange word before them was only misheard
     */
    Strangeness(List<Word> words, int start, int end, Set<Integer> explained, Set<Integer> known, Set<Integer> ours) {
        this.words = words;
        this.start = start;
        this.end = end;
        this.explained = explained;
        this.known = known;
        this.ours = ours;
    }

    /**
     * What is left of a question's score.
     *
     * @param score what speaks for it
     * @param ownSubject whether something of ours is named, so that another subject is unlikely
     * @param enough what is enough to answer
     */
    double leftOf(double score, boolean ownSubject, double enough) {
        double loose = 0;
        double another = 0;
        int looseWords = 0;
        for (int i = start; i < end; i++) {
            if (!isUnexplained(i)) {
                continue;
            }
            boolean turnsOnIt = isObject(i) || (!ownSubject && isSubject(i));
            if (known.contains(i)) {
                if (turnsOnIt) {
                    another += OTHER_TOPIC;
                } else {
                    loose += OTHER_TOPIC;
                }
            } else if (turnsOnIt) {
                another += ANOTHER_SUBJECT;
            } else {
                // a very short one is likelier a scrap of something misheard
                loose += words.get(i).text().length() <= 3 ? STRANGE_WORD / 2 : STRANGE_WORD;
                looseWords++;
            }
        }
        double left = score - (another >= ANOTHER_SUBJECT ? Math.max(another, score * ANOTHER_SHARE) : another);
        boolean tolerable = looseWords <= FEW && looseWords <= (end - start) / 2;
        return tolerable && left >= enough ? Math.max(enough, left - loose) : left - loose;
    }

    private boolean isUnexplained(int at) {
        return !explained.contains(at) && !Words.isPlain(words.get(at).stem());
    }

    /** "of the museum", "open a file": what a question turns on; "for a fist appointment" only misheard. */
    private boolean isObject(int at) {
        int before = at - 1;
        if (before > start
                && INDEFINITE.contains(words.get(before).text())
                && explained.contains(before - 1)
                && !leadsToOurs(at)) {
            return true;
        }
        while (before >= start && ARTICLES.contains(words.get(before).text())) {
            before--;
        }
        if (before < start || !PREPOSITIONS.contains(words.get(before).text()) || leadsToOurs(at)) {
            return false;
        }
        return !(LOOSE_PREPOSITIONS.contains(words.get(before).text()) && youDoIt(before));
    }

    /** Whether what stands before that preposition is said of us: "you open", "you still open". */
    private boolean youDoIt(int preposition) {
        int verb = preposition - 1;
        return verb > start && explained.contains(verb) && (isYou(verb - 1) || (verb - 1 > start && isYou(verb - 2)));
    }

    private boolean isYou(int at) {
        return words.get(at).text().equals("you");
    }

    /** "does the museum", "is a ticket". */
    private boolean isSubject(int at) {
        int before = at - 1;
        while (before >= start && (DETERMINERS.contains(words.get(before).text()) || isUnexplained(before))) {
            before--;
        }
        return before >= start && BEFORE_SUBJECT.contains(words.get(before).text()) && !leadsToOurs(at);
    }

    private boolean leadsToOurs(int at) {
        return at + 1 < end && ours.contains(at + 1);
    }
}
