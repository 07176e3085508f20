package dev.trunkline.caller.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts long sound into pieces that a recogniser can take, each at the quietest place. Stateless. */
public final class Pieces {

    private static final int WINDOW_MILLIS = 100;

    private Pieces() {}

    /**
     * The pieces, in order, without anything left out.
     *
     * @param maxSeconds how long a piece may be; the cut lies in the second half of that
     */
    public static List<short[]> of(short[] pcm, int sampleRate, int maxSeconds) {
        List<short[]> pieces = new ArrayList<>();
        int max = maxSeconds * sampleRate;
        int from = 0;
        while (pcm.length - from > max) {
            int cut = quietest(pcm, from + max / 2, from + max, sampleRate * WINDOW_MILLIS / 1000);
            pieces.add(Arrays.copyOfRange(pcm, from, cut));
            from = cut;
        }
        pieces.add(Arrays.copyOfRange(pcm, from, pcm.length));
        return pieces;
    }

    private static int quietest(short[] pcm, int from, int to, int window) {
        double least = Double.MAX_VALUE;
        int best = to - window;
        for (int at = from; at + window <= to; at += window / 5) {
            double level = Level.dbfs(pcm, at, window);
            if (level < least) {
                least = level;
                best = at;
            }
        }
        return best + window / 2;
    }
}
