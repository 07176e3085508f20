package dev.trunkline.media.playout;

import dev.trunkline.sound.AudioChunk;
import dev.trunkline.sound.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * The sound of one generation: what is still to be played, and the last seconds of what was. Used by the thread that
 * takes the frames alone.
 */
final class Utterance {

    /** Sound that a resume can go back over. */
    private static final int KEPT_SECONDS = 5;

    final long generation;
    private final int keptSamples;
    final InterruptionPolicy policy;

    private final List<AudioChunk> chunks = new ArrayList<>();

    /** Position of the first chunk's first sample. */
    private long begin;

    private long end;
    private long played;

    /** Chunk that the next sample is in, and where in it. */
    private int chunk;

    private int offset;

    boolean finished;
    boolean announced;
    boolean starved;

    Utterance(long generation, int sampleRate, InterruptionPolicy policy) {
        this.generation = generation;
        this.keptSamples = KEPT_SECONDS * sampleRate;
        this.policy = policy;
    }

    void append(AudioChunk sound) {
        if (sound.samples() > 0) {
            chunks.add(sound);
            end += sound.samples();
        }
    }

    long played() {
        return played;
    }

    long available() {
        return end - played;
    }

    /** Goes to that sample, or as near as what is kept allows; returns the difference to before. */
    long rewind(long toSample) {
        long before = played;
        long target = Math.clamp(toSample, begin, played);
        long position = begin;
        chunk = 0;
        while (chunk < chunks.size() && position + chunks.get(chunk).samples() <= target) {
            position += chunks.get(chunk).samples();
            chunk++;
        }
        offset = (int) (target - position);
        played = target;
        return before - target;
    }

    /**
     * Writes the next samples in the line's law, as many as there are up to the number wanted.
     *
     * @return samples written
     */
    int take(byte[] out, int at, int wanted, Encoding law) {
        int taken = 0;
        while (taken < wanted && chunk < chunks.size()) {
            AudioChunk sound = chunks.get(chunk);
            int part = Math.min(wanted - taken, sound.samples() - offset);
            Laws.write(sound, offset, part, law, out, at + taken);
            taken += part;
            offset += part;
            if (offset == sound.samples()) {
                chunk++;
                offset = 0;
            }
        }
        played += taken;
        forget();
        return taken;
    }

    private void forget() {
        while (chunk > 0 && played - begin - chunks.getFirst().samples() >= keptSamples) {
            begin += chunks.removeFirst().samples();
            chunk--;
        }
    }
}
