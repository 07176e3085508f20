package dev.trunkline.app.reception;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the name in the answer to "may I have your name", also spelled. */
final class SpokenName {

    private static final String LEAD_IN =
            "^(?:(?:yes|yeah|yep|sure|um|uh|er|oh|okay|ok|hi|hello|hey|well|so|right|of course|certainly|good \\w+)[\\s,.!]+)*";
    private static final Pattern INTRODUCED = Pattern.compile(
            "\\b(?:my (?:full |last |first |sur)?name is|my (?:full |last |first |sur)?name's|the name is|the name's|name is"
                    + "|i am called|i'm called|you can call me|call me)\\s+(.+)|" + LEAD_IN
                    + "(?:this is|i am|i'm|it is|it's|that is|that's|put down|just say|say it's from|it would be|that would be"
                    + "|it'll be|from|for)\\s+(.+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAINLY_INTRODUCED = Pattern.compile(
            "\\b(?:my (?:full )?name is|my (?:full )?name's|the name is|the name's|i am called|i'm called)\\s+(.+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRAILING = Pattern.compile(
            "(?:\\s*\\b(?:speaking|calling|here|is my name|is the name|please|thank you|thanks|that's it|and (?:my|the) .*|and (?:i|you|it|can|i'm|i'd)\\b.*"
                    + "|but .*|i would .*|i'd .*|i want .*|i need .*|can you .*|could you .*|from .*|my (?:phone |telephone )?number .*|with (?:a|an|one|two|double) .*))+[\\s.,!?]*$",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> NOT_A_NAME = Set.of(
            "yes",
            "yeah",
            "yep",
            "sure",
            "okay",
            "ok",
            "oh",
            "um",
            "uh",
            "er",
            "erm",
            "well",
            "hello",
            "hi",
            "hey",
            "so",
            "right",
            "of",
            "course",
            "alright",
            "certainly",
            "absolutely",
            "please",
            "mr",
            "mrs",
            "miss",
            "ms",
            "mister",
            "missus",
            "doctor",
            "dr",
            "just",
            "actually",
            "a",
            "an",
            "the",
            "it",
            "is",
            "name",
            "my",
            "me",
            "i",
            "am",
            "good",
            "fine",
            "no",
            "not",
            "and");

    private SpokenName() {}

    /** The name, with capitals; empty if there is none. */
    static Optional<String> of(String utterance) {
        String text = utterance.strip().replace('\u2019', '\'');
        Matcher introduced = INTRODUCED.matcher(text);
        if (!introduced.find()) {
            return clean(text);
        }
        return clean(introduced.group(1) != null ? introduced.group(1) : introduced.group(2));
    }

    /** The name if somebody introduces themselves in so many words: "my name is ...". */
    static Optional<String> introducedIn(String utterance) {
        Matcher introduced = PLAINLY_INTRODUCED.matcher(utterance.replace('\u2019', '\''));
        return introduced.find() ? clean(introduced.group(1)) : Optional.empty();
    }

    private static Optional<String> clean(String heard) {
        String text = TRAILING.matcher(heard).replaceAll("");
        String beforeDigits = text.split("\\d", 2)[0];
        List<String> names = new ArrayList<>();
        StringBuilder spelled = new StringBuilder();
        for (String raw : beforeDigits.split("[\\s.,;:!?-]+", -1)) {
            String word = raw.toLowerCase(Locale.ROOT);
            if (word.length() == 1 && Character.isLetter(word.charAt(0))) {
                spelled.append(word);
            } else if (word.equals("spelled") || word.equals("spelt") || word.equals("that's") || word.equals("as")) {
                continue;
            } else if (!word.isEmpty()
                    && !(NOT_A_NAME.contains(word) && names.isEmpty())
                    && word.matches("[\\p{L}']+")) {
                names.add(word);
            }
        }
        if (spelled.length() >= 2) {
            replaceBySpelling(names, spelled.toString());
        }
        if (names.isEmpty() || names.size() > 5) {
            return Optional.empty();
        }
        return Optional.of(
                String.join(" ", names.stream().map(SpokenName::capital).toList()));
    }

    /** A spelling corrects the name that it resembles, else it is one more. */
    private static void replaceBySpelling(List<String> names, String spelled) {
        for (int i = names.size(); i-- > 0; ) {
            String name = names.get(i);
            if (SoundAlike.distance(name, spelled) <= Math.max(2, name.length() / 2)
                    && name.charAt(0) == spelled.charAt(0)) {
                names.set(i, spelled);
                return;
            }
        }
        names.add(spelled);
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
