package dev.trunkline.media.dtmf;

import java.util.Objects;

/**
 * Presses keys towards the far side by tones in the sound (ITU-T Q.23), frame by frame in place of the audio: the lower tone
 * at -9 dBm0, the upper at -7, with edges of {@value #EDGE_MILLIS} ms so that no click is heard. Used by one thread; allocates
 * nothing after construction.
 */
public final class DtmfSender {

    /** Usual length of a tone. */
    public static final int TONE_MILLIS = 100;

    /** Usual pause between two tones. */
    public static final int PAUSE_MILLIS = 60;

    private static final int QUEUE = 64;
    private static final int EDGE_MILLIS = 4;
    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};

    /** Full scale of G.711 is +3.17 dBm0. */
    private static final double ROW_PEAK = peak(-9);

    private static final double COLUMN_PEAK = peak(-7);

    private final int rate;
    private final int toneSamples;
    private final int pauseSamples;
    private final int edgeSamples;
    private final byte[] queue = new byte[QUEUE];
    private int head;
    private int size;
    private int at = -1;
    private double rowStep;
    private double columnStep;

    /** With the usual lengths. */
    public DtmfSender(int sampleRate) {
        this(sampleRate, TONE_MILLIS, PAUSE_MILLIS);
    }

    /**
     * @param sampleRate of the sound in Hz
     * @param toneMillis length of each tone, 40 ms or more
     * @param pauseMillis after each tone, 40 ms or more
     */
    public DtmfSender(int sampleRate, int toneMillis, int pauseMillis) {
        if (toneMillis < 40 || pauseMillis < 40) {
            throw new IllegalArgumentException("too short: tone " + toneMillis + " ms, pause " + pauseMillis + " ms");
        }
        rate = sampleRate;
        toneSamples = sampleRate / 1_000 * toneMillis;
        pauseSamples = sampleRate / 1_000 * pauseMillis;
        edgeSamples = sampleRate / 1_000 * EDGE_MILLIS;
    }

    private static double peak(double level) {
        return 32_767 * Math.pow(10, (level - 3.17) / 20);
    }

    /**
     * Queues keys behind those still to be sent.
     *
     * @param keys of {@code 0-9 * # A-D a-d}
     * @return false, and nothing queued, if there is no room for all of them
     * @throws IllegalArgumentException if one is no such key; nothing is queued then
     */
    public boolean send(CharSequence keys) {
        for (int i = 0; i < keys.length(); i++) {
            if (index(keys.charAt(i)) < 0) {
                throw new IllegalArgumentException("not a key with a tone: '" + keys.charAt(i) + "'");
            }
        }
        if (size + keys.length() > QUEUE) {
            return false;
        }
        for (int i = 0; i < keys.length(); i++) {
            queue[(head + size++) % QUEUE] = (byte) index(keys.charAt(i));
        }
        return true;
    }

    private static int index(char key) {
        return KEYS.indexOf(Character.toUpperCase(key));
    }

    /** Of the sound that it makes, in Hz. */
    public int sampleRate() {
        return rate;
    }

    /** Keys that have not begun yet. */
    public int waiting() {
        return size;
    }

    /** Whether keys are still to be sent, or the pause after the last one lasts. */
    public boolean active() {
        return at >= 0 || size > 0;
    }

    /** Writes the next samples: tones, pauses between, silence behind the last. */
    public void fill(short[] out, int off, int len) {
        Objects.checkFromIndexSize(off, len, out.length);
        for (int i = off; i < off + len; i++) {
            if (at < 0 && size > 0) {
                begin();
            }
            out[i] = at < 0 ? 0 : next();
        }
    }

    private void begin() {
        int key = queue[head];
        head = (head + 1) % QUEUE;
        size--;
        rowStep = 2 * Math.PI * ROWS[key / 4] / rate;
        columnStep = 2 * Math.PI * COLUMNS[key % 4] / rate;
        at = 0;
    }

    private short next() {
        double value = 0;
        if (at < toneSamples) {
            int fromEdge = Math.min(at, toneSamples - 1 - at);
            double edge = fromEdge >= edgeSamples ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * (fromEdge + 0.5) / edgeSamples);
            value = edge * (ROW_PEAK * Math.sin(rowStep * at) + COLUMN_PEAK * Math.sin(columnStep * at));
        }
        at++;
        if (at >= toneSamples + pauseSamples) {
            at = -1;
        }
        return (short) Math.round(value);
    }

    /** Forgets the keys that have not begun; the one that sounds ends as usual. */
    public void cancel() {
        size = 0;
    }
}
