package dev.trunkline.models.reading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one kind of writing is read: what it looks like, and what is said for it.
 *
 * @param pattern what it looks like, matched where a word begins
 * @param reading says it; may decline, so that the next rule is asked
 */
record Rule(Pattern pattern, Reading reading) {

    /** Says what was found. */
    @FunctionalInterface
    interface Reading {
        /** Returns false if this is something else after all; then nothing may have been said. */
        boolean read(Matcher found, SpokenForm.Builder spoken);
    }

    /** A rule whose words stand for the whole of what was found. */
    static Rule of(String pattern, java.util.function.Function<Matcher, String> words) {
        return new Rule(Pattern.compile(pattern), (found, spoken) -> {
            String said = words.apply(found);
            if (said.isEmpty()) {
                return false;
            }
            spoken.words(said, found.start(), found.end());
            return true;
        });
    }
}
