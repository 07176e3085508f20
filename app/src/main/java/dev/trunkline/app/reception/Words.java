package dev.trunkline.app.reception;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an utterance into words: lower case, contractions written out, endings taken off. */
final class Words {

    /**
     * One word.
     *
     * @param text as heard, lower case
     * @param stem without ending
     * @param breakBefore whether punctuation stands before it
     */
    record Word(String text, String stem, boolean breakBefore) {}

    private static final Pattern WORD = Pattern.compile("([\\p{L}\\p{N}']+)|([.,;:!?])");
    private static final Map<String, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry("won't", "will not"),
            Map.entry("can't", "can not"),
            Map.entry("cannot", "can not"),
            Map.entry("shan't", "shall not"),
            Map.entry("ain't", "is not"),
            Map.entry("let's", "let us"),
            Map.entry("o'clock", "oclock"),
            Map.entry("gonna", "going to"),
            Map.entry("wanna", "want to"),
            Map.entry("gotta", "have to"),
            Map.entry("lemme", "let me"),
            Map.entry("gimme", "give me"),
            Map.entry("ya", "you"),
            Map.entry("dont", "do not"),
            Map.entry("cant", "can not"),
            Map.entry("isnt", "is not"),
            Map.entry("arent", "are not"),
            Map.entry("im", "i am"),
            Map.entry("youre", "you are"),
            Map.entry("whats", "what is"),
            Map.entry("wheres", "where is"),
            Map.entry("whens", "when is"),
            Map.entry("hows", "how is"),
            Map.entry("thats", "that is"),
            Map.entry("didnt", "did not"));
    private static final Set<String> IS_BEFORE_APOSTROPHE = Set.of(
            "what",
            "where",
            "when",
            "how",
            "who",
            "why",
            "that",
            "it",
            "there",
            "here",
            "he",
            "she",
            "everything",
            "somebody",
            "someone",
            "anybody",
            "anyone",
            "name");

    /** Words that carry no topic of their own. */
    private static final Set<String> PLAIN = stems("""
            a an the this that these those some any each every all both either neither much many more most few little less
            lot bit i you he she it we they me him her us them my your yours his its our ours their mine myself yourself
            ourselves who whom whose which what when where why how am is are was were be been being do does did doing done
            have has had having can could will would shall should may might must need ought not no nor yes yeah yep okay ok
            and or but if then so because cause as than until till while of at by for with about into through during before
            after above below to from up down in out on off over under again further once here there just only own same too
            very quite rather really actually basically literally maybe perhaps possibly probably please thank thanks sorry
            excuse pardon hello hi hey well oh ah um uh er erm hmm like kind sort right alright sure fine good great nice
            want wanted wish like love know knew tell told say said ask asked question query enquire inquire enquiry inquiry
            wonder curious find found think thought believe suppose guess mean see look looking try trying hope happen happy
            help get got give gave let make made take took go going went come came use used put keep able possible chance
            call calling called ring ringing phone telephone quick quickly fast soon later now moment second minute time
            thing something anything nothing everything one two way also still yet already ever never always usually
            normally generally typically exactly roughly approximately information info detail idea clue case matter fact
            friend dear sir madam ma'am mate buddy guys folks people hear heard understand check double confirm remind
            interested need require seem appear such off own self ought around roughly else other another instead straight
            remember forgot forget be'd would'd bother trouble hand mind mention sound today's new current currently present
            both full total whole complete long short big small different certain able unable let start begin finish stop
            two three four five six seven eight nine ten eleven twelve twenty thirty half quarter past second third rang came phoned
            said told gave left asked meant tried trying wondering says asks
            somewhere anywhere everywhere nowhere someplace high low hourly weekly monthly per deep wide heavy busy easy hard simple
            end wait hold hang grab quickly actually anyway anyhow first last next previous myself oclock am pm
            """);

    private Words() {}

    /** The words in order. */
    static List<Word> of(String utterance) {
        String text = utterance
                .toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("\\b([ap])\\.\\s?m\\b\\.?", "$1m")
                .replaceAll("([\\p{L}])-(?=[\\p{L}])", "$1 ")
                .replaceAll("(\\d)[:.](?=\\d)", "$1 ");
        List<Word> words = new ArrayList<>();
        boolean breakBefore = false;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                breakBefore = true;
                continue;
            }
            for (String part : writtenOut(matcher.group(1)).split(" ", -1)) {
                String bare = part.replace("'", "");
                if (!bare.isEmpty()) {
                    words.add(new Word(bare, stem(bare), breakBefore));
                    breakBefore = false;
                }
            }
        }
        return words;
    }

    /** Whether a stem belongs to a word that any sentence may have, whatever it is about. */
    static boolean isPlain(String stem) {
        return stem.length() == 1 || PLAIN.contains(stem) || Character.isDigit(stem.charAt(0));
    }

    /** The words with one blank between, for looking up a phrase. */
    static String joined(List<Word> words) {
        return String.join(" ", words.stream().map(Word::text).toList());
    }

    private static String writtenOut(String word) {
        String known = WRITTEN_OUT.get(word);
        if (known != null) {
            return known;
        }
        if (word.endsWith("n't")) {
            return word.substring(0, word.length() - 3) + " not";
        }
        int apostrophe = word.lastIndexOf('\'');
        if (apostrophe < 1) {
            return word;
        }
        String before = word.substring(0, apostrophe);
        return switch (word.substring(apostrophe + 1)) {
            case "re" -> before + " are";
            case "ll" -> before + " will";
            case "ve" -> before + " have";
            case "d" -> before + " would";
            case "m" -> before + " am";
            case "s" -> IS_BEFORE_APOSTROPHE.contains(before) ? before + " is" : before;
            default -> word;
        };
    }

    /**
     * Takes off the endings of inflection, so that "closes", "closing" and "closed" are one word. Lighter than Porter's
     * algorithm: it never turns one part of speech into another.
     */
    static String stem(String word) {
        String stem = word;
        if (stem.length() > 4 && stem.endsWith("ies")) {
            return stem.substring(0, stem.length() - 3) + "y";
        }
        if (stem.length() > 3
                && stem.endsWith("s")
                && !stem.endsWith("ss")
                && !stem.endsWith("us")
                && !stem.endsWith("is")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        if (stem.length() > 5 && stem.endsWith("ing") && hasVowel(stem, stem.length() - 3)) {
            stem = single(stem.substring(0, stem.length() - 3));
        } else if (stem.length() > 5 && stem.endsWith("ed") && hasVowel(stem, stem.length() - 2)) {
            stem = single(stem.substring(0, stem.length() - 2));
        }
        return stem.length() > 4 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
    }

    private static boolean hasVowel(String word, int end) {
        for (int i = 0; i < end; i++) {
            if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String single(String stem) {
        int last = stem.length() - 1;
        boolean doubled =
                last > 1 && stem.charAt(last) == stem.charAt(last - 1) && "lsz".indexOf(stem.charAt(last)) < 0;
        return doubled ? stem.substring(0, last) : stem;
    }

    private static Set<String> stems(String list) {
        Set<String> stems = new HashSet<>();
        for (String word : list.strip().split("\\s+")) {
            stems.add(stem(word));
        }
        return Set.copyOf(stems);
    }
}
