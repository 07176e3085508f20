package dev.trunkline.media.tone;

/** The tones of telephone keys (ITU-T Q.23): two frequencies at once. Stateless, for all threads. */
public final class DtmfTones {

    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};
    private static final int RAMP_MILLIS = 2;

    private DtmfTones() {}

    /** The lower frequency of a key in Hz. */
    public static int rowFrequency(char key) {
        return ROWS[index(key) / 4];
    }

    /** The higher frequency of a key in Hz. */
    public static int columnFrequency(char key) {
        return COLUMNS[index(key) % 4];
    }

    /**
     * The tone of a key, with soft edges.
     *
     * @param key of {@code 0-9 * # A-D}
     * @param level peak of each of the two frequencies, of 32,767
     * @throws IllegalArgumentException if it is no such key
     */
    public static short[] tone(char key, int sampleRate, int millis, int level) {
        double row = 2 * Math.PI * rowFrequency(key) / sampleRate;
        double column = 2 * Math.PI * columnFrequency(key) / sampleRate;
        short[] out = new short[sampleRate / 1_000 * millis];
        double ramp = sampleRate / 1_000.0 * RAMP_MILLIS;
        for (int i = 0; i < out.length; i++) {
            double edge = Math.min(1, Math.min(i + 1, out.length - i) / ramp);
            double value = level * edge * (Math.sin(row * i) + Math.sin(column * i));
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
        }
        return out;
    }

    private static int index(char key) {
        int index = KEYS.indexOf(Character.toUpperCase(key));
        if (index < 0) {
            throw new IllegalArgumentException("not a telephone key: '" + key + "'");
        }
        return index;
    }
}
