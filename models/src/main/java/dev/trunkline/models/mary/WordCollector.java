package dev.trunkline.models.mary;

import dev.trunkline.models.reading.SpokenForm;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;

/**
 * Gathers the words of a sentence from the library's tokens, sounds and boundaries, as they come in the order of the text,
 * and finds each again in the text. Used once, by one thread.
 */
final class WordCollector {

    /** Pauses that a listener on the telephone takes for the mark's, in ms. The library's own are 400 each. */
    private static final int CLAUSE_PAUSE = 110;

    private static final int SENTENCE_PAUSE = 220;
    private static final int PHRASE_PAUSE = 40;

    /** Between two tokens stand spaces and marks; what is farther off is another of the same. */
    private static final int FARTHEST = 8;

    private final SpokenForm form;
    private final int to;
    private final List<Element> segments = new ArrayList<>();
    private final List<SpokenWord> words = new ArrayList<>();

    private int cursor;
    private String mark = "";
    private boolean open;
    private String partOfSpeech = "";
    private int firstSegment;
    private int start;
    private int end;

    WordCollector(SpokenForm form, int from, int to) {
        this.form = form;
        this.to = to;
        cursor = from;
        start = from;
        end = from + 1;
    }

    /** A word begins; its sounds follow. */
    void word(String text, String partOfSpeechTag) {
        close(0);
        open = true;
        firstSegment = segments.size();
        partOfSpeech = partOfSpeechTag;
        int at = find(text);
        if (at >= 0) {
            start = at;
            end = at + text.length();
            cursor = end;
        }
        // else it is one more word of the same expression
    }

    void mark(String text) {
        mark = text;
        int at = find(text);
        if (at >= 0) {
            cursor = at + text.length();
        }
    }

    /** A sound of the word, or what is to stand before the first. */
    void sound(Element segment) {
        segments.add(segment);
    }

    void pause(Element boundary) {
        if (open && boundary.hasAttribute("duration")) {
            int millis = switch (mark) {
                case ".", "!", "?" -> SENTENCE_PAUSE;
                case "" -> PHRASE_PAUSE;
                default -> CLAUSE_PAUSE;
            };
            boundary.setAttribute("duration", Integer.toString(millis));
            segments.add(boundary);
            close(millis);
        }
        mark = "";
    }

    private void close(int pauseMillis) {
        if (open) {
            words.add(new SpokenWord(
                    partOfSpeech,
                    firstSegment,
                    segments.size(),
                    pauseMillis,
                    form.writtenStart(start),
                    form.writtenEnd(end - 1)));
            open = false;
        }
    }

    private int find(String text) {
        int at = text.isEmpty() ? -1 : form.text().indexOf(text, cursor);
        return at < 0 || at + text.length() > to || at - cursor > FARTHEST ? -1 : at;
    }

    List<SpokenWord> words() {
        close(0);
        return List.copyOf(words);
    }

    List<Element> segments() {
        return List.copyOf(segments);
    }
}
