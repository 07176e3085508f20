package dev.trunkline.core.conversation;

import java.util.ArrayList;
import java.util.List;

/**
 * Knows which words of an utterance sound at which sample, so that a count of played samples says what was heard. Positions
 * between two known points are interpolated. Thread-safe.
 */
final class SpokenLedger {

    /** Sound from {@code start} to {@code end} (samples of the utterance) speaks the text from {@code textStart} on. */
    private record Entry(long start, long end, int textStart, int textEnd) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Entry> entries = new ArrayList<>();
    private long samples;

    /** Adds a sentence to the text. Returns the index at which it begins. */
    synchronized int append(String sentence) {
        if (!text.isEmpty()) {
            text.append(' ');
        }
        int start = text.length();
        text.append(sentence);
        return start;
    }

    /** Adds sound that speaks a part of the text. */
    synchronized void add(long length, int textStart, int textEnd) {
        entries.add(new Entry(samples, samples + length, textStart, Math.min(textEnd, text.length())));
        samples += length;
    }

    /** Adds sound without words. */
    synchronized void addSilence(long length) {
        int end = entries.isEmpty() ? 0 : entries.getLast().textEnd();
        add(length, end, end);
    }

    /** Samples added so far. */
    synchronized long samples() {
        return samples;
    }

    /** The whole text, whether its sound has come or not. */
    synchronized String text() {
        return text.toString();
    }

    /**
     * What was heard when so many samples had been played: whole words; a word counts as heard when half of it has sounded.
     */
    synchronized String heardAt(long played) {
        return text.substring(0, heardEnd(played)).strip();
    }

    /** What was not heard. */
    synchronized String unheardAt(long played) {
        return text.substring(heardEnd(played)).strip();
    }

    private int heardEnd(long played) {
        int end = played >= samples && !entries.isEmpty()
                ? entries.getLast().textEnd()
                : (int) Math.round(characterAt(played));
        return toWordBoundary(end);
    }

    /** Where the word that sounds at this sample begins to sound: the place to go on after an interruption that was none. */
    synchronized long wordStartAt(long played) {
        int character = (int) characterAt(played);
        int start = Math.min(character, text.length());
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        for (Entry entry : entries) {
            if (start < entry.textEnd() && entry.textEnd() > entry.textStart()) {
                double share = Math.max(0, start - entry.textStart()) / (double) (entry.textEnd() - entry.textStart());
                return Math.min(played, entry.start() + (long) (share * (entry.end() - entry.start())));
            }
        }
        return played;
    }

    /** The place in the text, in characters, that sounds at a sample. */
    private double characterAt(long played) {
        double at = 0;
        for (Entry entry : entries) {
            if (played < entry.start()) {
                break;
            }
            long length = entry.end() - entry.start();
            double share = length == 0 ? 1 : Math.min(1.0, (played - entry.start()) / (double) length);
            at = Math.max(at, entry.textStart() + share * (entry.textEnd() - entry.textStart()));
        }
        return at;
    }

    /** The nearest end of a word: within a word, its end if half of it is passed, else the end of the word before. */
    private int toWordBoundary(int index) {
        int at = Math.min(index, text.length());
        if (at == text.length() || at == 0 || Character.isWhitespace(text.charAt(at))) {
            return at;
        }
        int start = at;
        while (start > 0 && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        int end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return at - start >= (end - start + 1) / 2 ? end : start;
    }
}
