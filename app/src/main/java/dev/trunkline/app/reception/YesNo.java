package dev.trunkline.app.reception;

import java.util.List;
import java.util.Set;

/** Reads the answer to a yes-or-no question. */
enum YesNo {
    YES,
    NO,
    UNCLEAR;

    private static final Set<String> YES_WORDS = Set.of(
            "yes",
            "yeah",
            "yep",
            "yup",
            "yah",
            "ya",
            "yea",
            "ye",
            "sure",
            "correct",
            "right",
            "exactly",
            "ok",
            "okay",
            "fine",
            "absolutely",
            "definitely",
            "certainly",
            "indeed",
            "perfect",
            "good",
            "great",
            "true",
            "aye",
            "affirmative",
            "spot",
            "lovely",
            "precisely",
            "agreed",
            "mhm",
            "course",
            "ahead",
            "gladly",
            "jess",
            "yet",
            "yess",
            "please",
            "write",
            "happy",
            "alright",
            "uhhuh",
            "totally",
            "brilliant");
    private static final Set<String> YES_PHRASES = Set.of(
            "i would",
            "i do",
            "it is",
            "that is it",
            "you got it",
            "that will do",
            "uh huh",
            "mm hmm",
            "do it",
            "do that",
            "you did",
            "let us do");
    private static final Set<String> NO_WORDS = Set.of(
            "no",
            "nope",
            "nah",
            "wrong",
            "incorrect",
            "negative",
            "never",
            "know",
            "neither",
            "nay",
            "false",
            "nothing",
            "mistake",
            "don");
    private static final Set<String> NO_PHRASES = Set.of("never mind", "no way", "rather not", "no need");

    static YesNo of(String utterance) {
        return of(Words.of(utterance));
    }

    static YesNo of(List<Words.Word> words) {
        String all = " " + Words.joined(words) + " ";
        if (all.contains(" why not ")) {
            return YES;
        }
        boolean no = NO_PHRASES.stream().anyMatch(phrase -> all.contains(" " + phrase + " "));
        boolean yes = YES_PHRASES.stream().anyMatch(phrase -> all.contains(" " + phrase + " "));
        boolean first = true;
        for (Words.Word word : words) {
            String text = word.text();
            if (text.equals("not") || (NO_WORDS.contains(text) && (first || !text.equals("know")))) {
                no = true;
            } else if (YES_WORDS.contains(text)) {
                yes = true;
            }
            first = false;
        }
        if (no) {
            // "no, that's right" is neither; "no thank you" and "that's not right" are plain
            boolean contradicts = yes
                    && !all.contains(" not ")
                    && !all.contains("please")
                    && startsWithNo(words)
                    && (all.contains(" right ") || all.contains(" correct "));
            return contradicts ? UNCLEAR : NO;
        }
        return yes ? YES : UNCLEAR;
    }

    private static boolean startsWithNo(List<Words.Word> words) {
        return !words.isEmpty() && NO_WORDS.contains(words.getFirst().text());
    }
}
