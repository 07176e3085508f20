package dev.trunkline.media.tone;

/**
 * The tones of {@link CallSign} at 8 kHz: 3,100 Hz and on in steps of 100 Hz, whole cycles in a frame of 20 ms, so that
 * frames join without a click and each tone is invisible at the frequencies of the others. Stateless, for all threads.
 */
public final class CallSignTones {

    /** Samples of a frame of 20 ms. */
    public static final int FRAME = 160;

    private static final int RATE = 8_000;
    private static final int LOWEST = 3_100;
    private static final int SPACING = 100;

    /** Weaker than this (peak, of 32,768) is no tone. */
    private static final double LEAST = 120;

    /** A tone is so many times as strong as the next one, in power. */
    private static final double CLEAR = 6;

    private static final float[] COEFFICIENTS = new float[CallSign.TONES];

    static {
        for (int i = 0; i < COEFFICIENTS.length; i++) {
            COEFFICIENTS[i] = (float) (2 * Math.cos(2 * Math.PI * frequency(i) / RATE));
        }
    }

    private CallSignTones() {}

    private static int frequency(int tone) {
        return LOWEST + SPACING * tone;
    }

    /**
     * One frame of a tone.
     *
     * @param peak of 32,767
     */
    public static short[] frame(int tone, int peak) {
        short[] pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = (short) Math.round(peak * Math.sin(2 * Math.PI * frequency(tone) * i / RATE));
        }
        return pcm;
    }

    /**
     * The tone that sounds in a frame, by Goertzel's algorithm for all of them at once.
     *
     * @return its index, or -1 if none is clear
     */
    public static int find(short[] pcm, int off) {
        float[] last = new float[CallSign.TONES];
        float[] before = new float[CallSign.TONES];
        for (int i = off; i < off + FRAME; i++) {
            float sample = pcm[i];
            for (int tone = 0; tone < CallSign.TONES; tone++) {
                float next = sample + COEFFICIENTS[tone] * last[tone] - before[tone];
                before[tone] = last[tone];
                last[tone] = next;
            }
        }
        int best = -1;
        double most = 0;
        double second = 0;
        for (int tone = 0; tone < CallSign.TONES; tone++) {
            double power = (double) last[tone] * last[tone]
                    + (double) before[tone] * before[tone]
                    - (double) COEFFICIENTS[tone] * last[tone] * before[tone];
            if (power > most) {
                second = most;
                most = power;
                best = tone;
            } else if (power > second) {
                second = power;
            }
        }
        double peak = 2 * Math.sqrt(Math.max(0, most)) / FRAME;
        return peak >= LEAST && most >= CLEAR * second ? best : -1;
    }
}
