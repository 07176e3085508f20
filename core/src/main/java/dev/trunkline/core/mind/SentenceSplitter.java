package dev.trunkline.core.mind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cuts a text that grows into sentences as soon as they are complete, so that the first can be spoken while the rest is still
 * being written. A sentence ends with {@code . ! ?} or a line break, followed by white space; not after an abbreviation or an
 * initial, nor within a number. A first sentence that grows long is cut at a comma or dash, for an early voice. Not
 * thread-safe.
 */
public final class SentenceSplitter {

    /** Characters after which a first sentence is cut at the next comma: about three seconds of speech. */
    private static final int LONG_START = 45;

    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "no", "e.g", "i.e", "etc", "vs", "approx", "dept", "est", "inc",
            "ltd", "co", "jr", "sr", "ave", "rd", "z.b", "bzw", "ca", "nr", "str");

    /** The sentences of a text that is all there. */
    public static List<String> sentences(String text) {
        List<String> all = new ArrayList<>();
        SentenceSplitter splitter = new SentenceSplitter(all::add);
        splitter.append(text);
        splitter.finish();
        return all;
    }

    private final StringBuilder pending = new StringBuilder();
    private final Consumer<String> sentences;
    private boolean started;

    /** Gives each sentence to that consumer. */
    public SentenceSplitter(Consumer<String> sentences) {
        this.sentences = sentences;
    }

    /** More of the text. */
    public void append(String text) {
        pending.append(text);
        int cut = cut();
        while (cut > 0) {
            emit(cut);
            cut = cut();
        }
    }

    /** The text is complete. */
    public void finish() {
        emit(pending.length());
    }

    private void emit(int length) {
        String sentence = pending.substring(0, length).strip();
        pending.delete(0, length);
        // something must be audible in it: a lone dash or quotation mark is no sentence
        if (sentence.codePoints().anyMatch(Character::isLetterOrDigit)) {
            started = true;
            sentences.accept(sentence);
        }
    }

    /** Where the first complete sentence ends, or 0. A mark counts only once the character after it is known. */
    private int cut() {
        for (int i = 0; i < pending.length(); i++) {
            char c = pending.charAt(i);
            if (c == '\n') {
                return i + 1;
            }
            if (i + 1 >= pending.length() || !Character.isWhitespace(skipQuotes(i + 1))) {
                continue;
            }
            if (c == '!' || c == '?' || c == '…' || c == '؟' || (c == '.' && !abbreviated(i))) {
                return afterQuotes(i + 1);
            }
            if (!started && i >= LONG_START && (c == ',' || c == ';' || c == ':' || c == '–')) {
                return i + 1;
            }
        }
        return 0;
    }

    private char skipQuotes(int from) {
        int at = afterQuotes(from);
        return at < pending.length() ? pending.charAt(at) : 'x';
    }

    private int afterQuotes(int from) {
        int at = from;
        while (at < pending.length() && "\"'”’)".indexOf(pending.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private boolean abbreviated(int dot) {
        int start = dot;
        while (start > 0 && !Character.isWhitespace(pending.charAt(start - 1))) {
            start--;
        }
        String word = pending.substring(start, dot).toLowerCase(java.util.Locale.ROOT);
        boolean initial = word.length() == 1 && Character.isLetter(word.charAt(0)) && !word.equals("i");
        boolean listNumber =
                !word.isEmpty() && word.chars().allMatch(Character::isDigit) && word.length() <= 2 && start == 0;
        return initial || listNumber || ABBREVIATIONS.contains(word);
    }
}
