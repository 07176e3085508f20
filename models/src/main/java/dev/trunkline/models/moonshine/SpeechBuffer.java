package dev.trunkline.models.moonshine;

import java.util.ArrayDeque;

/**
 * The recent sound of one call, by its place in the stream: what is being collected for recognition, or else only the last
 * moments. Kept in blocks that are filled once, so that a reader takes hold of them without copying under the lock. Guarded
 * by its owner; {@link Excerpt} is safe to read afterwards.
 */
final class SpeechBuffer {

    private static final int BLOCK = 4_000;

    private final ArrayDeque<short[]> blocks = new ArrayDeque<>();
    /** Stream position, in samples, of the first sample of the first block. */
    private long origin;
    /** Stream position after the last sample. */
    private long end;

    private short[] last = new short[0];
    private int filled;

    /** Stream position, in samples, after the last sample heard. */
    long end() {
        return end;
    }

    /** Begins anew at a position of the stream. */
    void reset(long position) {
        blocks.clear();
        origin = position;
        end = position;
        last = new short[0];
        filled = 0;
    }

    /** Adds little-endian linear 16-bit samples. */
    void append(byte[] audio, int offset, int length) {
        int samples = length / 2;
        int at = offset;
        while (samples > 0) {
            makeRoom();
            int now = Math.min(samples, last.length - filled);
            for (int i = 0; i < now; i++, at += 2) {
                last[filled + i] = (short) (audio[at] & 0xff | audio[at + 1] << 8);
            }
            filled += now;
            end += now;
            samples -= now;
        }
    }

    void appendSilence(long samples) {
        long left = samples;
        while (left > 0) {
            makeRoom();
            int now = (int) Math.min(left, last.length - filled);
            filled += now;
            end += now;
            left -= now;
        }
    }

    private void makeRoom() {
        if (filled == last.length) {
            last = new short[BLOCK];
            blocks.add(last);
            filled = 0;
        }
    }

    /** Drops whole blocks that lie before a position. */
    void dropBefore(long position) {
        while (blocks.size() > 1 && origin + BLOCK <= position) {
            blocks.removeFirst();
            origin += BLOCK;
        }
    }

    /** The sound from a position to the end; from the first sample kept if that is later. */
    Excerpt from(long position) {
        long start = Math.max(position, origin);
        int size = (int) Math.max(0, end - start);
        return new Excerpt(blocks.toArray(new short[0][]), (int) (start - origin), size, start);
    }

    /**
     * A part of the sound. Its samples are written before it is made and never again.
     *
     * @param blocks with the samples
     * @param offset of the first one, from the start of the first block
     * @param size samples
     * @param position of the first one in the stream
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, compared by nobody
    record Excerpt(short[][] blocks, int offset, int size, long position) {

        long endPosition() {
            return position + size;
        }

        short[] samples() {
            short[] samples = new short[size];
            int done = 0;
            while (done < size) {
                int at = offset + done;
                int now = Math.min(size - done, BLOCK - at % BLOCK);
                System.arraycopy(blocks[at / BLOCK], at % BLOCK, samples, done, now);
                done += now;
            }
            return samples;
        }
    }
}
