package dev.trunkline.core.conversation;

import dev.trunkline.core.agent.Agent.TurnTaking;
import dev.trunkline.core.scenario.Expectation;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Waits longer where the words are plainly not all: a trailing "and", "my number is", a hesitation; and where something is
 * dictated (a name, a number, a message). English.
 */
final class CompletenessEndOfTurn implements EndOfTurn {

    private static final Set<String> DANGLING = Set.of(
            "and", "or", "but", "so", "because", "if", "when", "then", "that", "which", "who", "the", "a", "an", "my",
            "your", "our", "to", "for", "of", "in", "on", "at", "with", "from", "by", "about", "is", "are", "was", "um",
            "uh", "erm", "er", "hmm", "well", "like", "please", "i", "i'm", "it's", "can", "could", "would", "do",
            "does");

    private static final Pattern NO_WORDS = Pattern.compile("[^\\p{L}\\p{N}' ]+");

    private static final Pattern UNFINISHED = Pattern.compile(
            ".*\\b(my (phone )?number is|my name is|i would like to|i want to|i'd like to|can you tell me|do you know|let me see|hold on|one moment|wait)$");

    private static final Pattern YES_NO = Pattern.compile(
            "(yes|yeah|yep|yup|sure|ok|okay|correct|right|no|nope|nah|please|no thanks|no thank you|yes please)");

    @Override
    public Duration silenceAfter(String text, Expectation expectation, TurnTaking settings) {
        String words =
                NO_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        boolean patient = switch (expectation.kind()) {
            case ANYTHING -> isUnfinished(words);
            case YES_NO -> !YES_NO.matcher(words).matches() && isUnfinished(words);
            case NAME, MESSAGE -> true;
            case DIGITS -> Spoken.digitsIn(words) < expectation.maxDigits();
        };
        return patient ? settings.patience() : settings.endOfTurnAfter();
    }

    private static boolean isUnfinished(String words) {
        String last = words.substring(words.lastIndexOf(' ') + 1);
        // a single "please" or "wait" is a complete answer; at the end of more, "please" is too
        boolean dangling = DANGLING.contains(last) && !last.equals("please");
        return dangling || UNFINISHED.matcher(words).matches();
    }

    /** How spoken digits are counted, roughly: enough to know whether a number may be complete. */
    private static final class Spoken {

        private static final Set<String> DIGITS =
                Set.of("zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

        static int digitsIn(String words) {
            int digits = 0;
            for (String word : words.split(" ")) {
                if (DIGITS.contains(word)) {
                    digits++;
                } else {
                    digits += (int) word.chars().filter(Character::isDigit).count();
                }
            }
            return digits;
        }
    }
}
