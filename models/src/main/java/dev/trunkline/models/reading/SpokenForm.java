package dev.trunkline.models.reading;

import java.util.Arrays;

/**
 * A text as it is spoken, in words and marks of punctuation only, and which part of the written text each of its characters
 * stands for. Immutable.
 */
public final class SpokenForm {

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private SpokenForm(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /** The words to speak. */
    public String text() {
        return text;
    }

    /** Where, in the written text, that begins for which this character of the spoken text stands. */
    public int writtenStart(int index) {
        return starts[index];
    }

    /** Where, in the written text, that ends for which this character of the spoken text stands. */
    public int writtenEnd(int index) {
        return ends[index];
    }

    /** The words to speak. */
    @Override
    public String toString() {
        return text;
    }

    /** Puts a spoken form together, word by word in the order of the written text. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private int[] starts = new int[128];
        private int[] ends = new int[128];

        /** Adds words that stand for a part of the written text. */
        Builder words(String words, int from, int to) {
            if (!words.isEmpty()) {
                if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                    append(" ", from, from);
                }
                append(words, from, to);
            }
            return this;
        }

        /** Adds a mark of punctuation, unless a mark stands there already or nothing was said yet. */
        Builder mark(char mark, int from, int to) {
            int last = text.length() - 1;
            while (last >= 0 && Character.isWhitespace(text.charAt(last))) {
                last--;
            }
            if (last < 0) {
                return this;
            }
            if (isMark(text.charAt(last))) {
                // the stronger one stays: a sentence ends where a clause ends too
                if (mark != ',' && text.charAt(last) == ',') {
                    text.setCharAt(last, mark);
                }
                return this;
            }
            append(String.valueOf(mark), from, to);
            return this;
        }

        private static boolean isMark(char c) {
            return c == ',' || c == '.' || c == '?' || c == '!';
        }

        private void append(String words, int from, int to) {
            int length = text.length() + words.length();
            if (length > starts.length) {
                starts = Arrays.copyOf(starts, length * 2);
                ends = Arrays.copyOf(ends, length * 2);
            }
            Arrays.fill(starts, text.length(), length, from);
            Arrays.fill(ends, text.length(), length, to);
            text.append(words);
        }

        SpokenForm build() {
            int length = text.length();
            return new SpokenForm(text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
        }
    }
}
