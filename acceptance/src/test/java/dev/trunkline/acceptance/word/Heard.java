package dev.trunkline.acceptance.word;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about words that were heard. */
public final class Heard extends AbstractAssert<Heard, @Nullable String> {

    private Heard(@Nullable String words) {
        super(words, Heard.class);
    }

    /** About these words. */
    public static Heard assertThatHeard(@Nullable String words) {
        return new Heard(words);
    }

    /**
     * They contain all of these, one after the other, whatever lies between.
     *
     * @param text alternatives for a word are divided by a stroke: {@code "nine|9 to six|6"}
     */
    public Heard containsInOrder(String text) {
        List<String> heard = words();
        int at = 0;
        for (String wanted : text.strip().split("\\s+")) {
            Counters.WORDS.add(1);
            int found = find(heard, at, wanted);
            if (found < 0) {
                failWithMessage("Expected to hear <%s> in order, but <%s> was missing in:%n  %s", text, wanted, actual);
            }
            at = found + 1;
        }
        return this;
    }

    /** They contain none of these words. */
    public Heard containsNone(String... unwanted) {
        for (String word : unwanted) {
            Counters.WORDS.add(1);
            if (find(words(), 0, word) >= 0) {
                failWithMessage("Did not expect to hear <%s> in:%n  %s", word, actual);
            }
        }
        return this;
    }

    /** At most that share of the words differs from the reference, in percent. */
    public Heard isLike(String reference, double mostPercent) {
        WordErrors errors = WordErrors.between(reference, String.join(" ", words()));
        if (errors.percent() > mostPercent) {
            failWithMessage(
                    "Expected to hear%n  %s%nbut heard%n  %s%nwith %d of %d words wrong",
                    reference, actual, errors.errors(), errors.words());
        }
        return this;
    }

    private List<String> words() {
        isNotNull();
        return Words.of(String.valueOf(actual));
    }

    private static int find(List<String> heard, int from, String alternatives) {
        for (int i = from; i < heard.size(); i++) {
            for (String alternative : alternatives.split("\\|")) {
                List<String> wanted = Words.of(alternative);
                if (i + wanted.size() <= heard.size()
                        && heard.subList(i, i + wanted.size()).equals(wanted)) {
                    return i + wanted.size() - 1;
                }
            }
        }
        return -1;
    }
}
