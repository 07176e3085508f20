package dev.trunkline.models.mary;

import dev.trunkline.models.reading.SpokenForm;
import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.AudioFormat;
import dev.trunkline.sound.SpokenChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text on its way to being spoken. Each {@link #next} does the work of one part, about a tenth of a second of it, so that
 * others may come between. The chunks are words, with the pause that follows; their offsets are exact and cover the text
 * without gaps. What was written as one but is spoken as several words counts with the last of them.
 *
 * <p>Used by one thread at a time.
 */
public final class Utterance {

    /** Sounds beyond a cut that are made with a part, so that the parts fit each other. */
    private static final int CONTEXT = 2;

    private static final int FADE_SAMPLES = 240;

    private final String text;
    private final SpokenForm form;
    private final Analysis analysis;
    private final Vocoder vocoder;
    private final AudioFormat format;
    private final boolean hurry;

    private int spokenTo;
    private int writtenTo;
    private @Nullable Sentence sentence;
    private List<Integer> slices = List.of();
    private int slice;
    private double[] overlap = {};
    private final Loudness loudness = new Loudness();

    Utterance(String text, SpokenForm form, Analysis analysis, Vocoder vocoder, AudioFormat format, boolean hurry) {
        this.text = text;
        this.form = form;
        this.analysis = analysis;
        this.vocoder = vocoder;
        this.format = format;
        this.hurry = hurry;
    }

    /** Whether there is more to speak. */
    public boolean hasNext() {
        return writtenTo < text.length();
    }

    /**
     * The next words; synthesised now, on the calling thread.
     *
     * @return at least one chunk, if there is more
     * @throws VoiceException if it cannot be spoken
     */
    public List<SpokenChunk> next() {
        Sentence current = sentence;
        while (current == null || slice == slices.size()) {
            if (spokenTo >= form.text().length()) {
                // layout at the end, or nothing in the text is spoken
                return rest();
            }
            current = analyseNext();
        }
        int from = slice == 0 ? 0 : slices.get(slice - 1);
        int to = slices.get(slice);
        slice++;
        return speak(current, from, to);
    }

    private List<SpokenChunk> rest() {
        SpokenChunk silent =
                new SpokenChunk(AudioChunk.silence(0, format.sampleRate()), writtenTo, text.length(), true);
        writtenTo = text.length();
        return writtenTo == silent.textStart() ? List.of() : List.of(silent);
    }

    private Sentence analyseNext() {
        int end = sentenceEnd(form.text(), spokenTo);
        Sentence next = analysis.analyse(form, spokenTo, end);
        slices = Slices.ends(next.words(), hurry && spokenTo == 0);
        slice = 0;
        overlap = new double[0];
        spokenTo = end;
        sentence = next;
        return next;
    }

    private static int sentenceEnd(String spoken, int from) {
        for (int i = from; i < spoken.length(); i++) {
            char c = spoken.charAt(i);
            if (c == '.' || c == '!' || c == '?') {
                return i + 1;
            }
        }
        return spoken.length();
    }

    private List<SpokenChunk> speak(Sentence current, int from, int to) {
        List<SpokenWord> words = current.words();
        int first = words.get(from).firstSegment();
        int end = words.get(to - 1).endSegment();
        boolean pauseBefore = from == 0 || words.get(from - 1).pauseMillis() > 0;
        int before = Math.max(0, first - (pauseBefore ? 1 : CONTEXT));
        boolean pauseAfter = words.get(to - 1).pauseMillis() > 0;
        int after = pauseAfter ? end : Math.min(current.segments().size(), end + CONTEXT);
        Vocoder.Run run = vocoder.speak(current, before, after);

        double[] samples = run.samples();
        int start = first == before ? 0 : run.ends()[first - before - 1];
        int stop = run.ends()[end - 1 - before];
        blend(samples, start);
        overlap = Arrays.copyOfRange(samples, stop, Math.min(samples.length, stop + FADE_SAMPLES));
        loudness.level(samples, start, stop);

        List<SpokenChunk> chunks = new ArrayList<>(to - from);
        int at = start;
        for (int i = from; i < to; i++) {
            SpokenWord word = words.get(i);
            int last = word.endSegment() - 1 - before;
            int wordEnd = run.ends()[last];
            if (word.pauseMillis() > 0) {
                Loudness.silence(samples, run.ends()[last - 1], wordEnd);
            }
            chunks.add(chunk(samples, at, wordEnd, i + 1 < words.size() ? words.get(i + 1) : null, word));
            at = wordEnd;
        }
        return chunks;
    }

    /** Fades from what the part before made of this moment to what this part makes of it. */
    private void blend(double[] samples, int start) {
        for (int i = 0; i < overlap.length && start + i < samples.length; i++) {
            double share = (i + 1.0) / (overlap.length + 1);
            samples[start + i] = overlap[i] * (1 - share) + samples[start + i] * share;
        }
    }

    private SpokenChunk chunk(double[] samples, int from, int to, @Nullable SpokenWord next, SpokenWord word) {
        int textEnd;
        if (next != null) {
            // still the same piece of writing: it counts when all of it was said
            textEnd = next.writtenStart() < word.writtenEnd() ? word.writtenStart() : next.writtenStart();
        } else if (spokenTo < form.text().length()) {
            textEnd = form.writtenEnd(spokenTo - 1);
        } else {
            textEnd = text.length();
        }
        textEnd = Math.clamp(textEnd, writtenTo, text.length());
        AudioChunk audio = AudioChunk.ofPcm(Loudness.toPcm(samples, from, to), format.sampleRate());
        SpokenChunk chunk = new SpokenChunk(audio, writtenTo, textEnd, true);
        writtenTo = textEnd;
        return chunk;
    }
}
