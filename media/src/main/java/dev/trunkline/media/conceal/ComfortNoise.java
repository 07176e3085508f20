package dev.trunkline.media.conceal;

/**
 * The sound of a line on which nobody speaks (RFC 3389): white noise of the level that the far side told. Its spectrum is
 * not heeded; at such levels nobody hears it. For one stream and one thread; allocates nothing.
 */
public final class ComfortNoise {

    /** Louder than that is no background, whatever the far side says. */
    private static final int LOUDEST = 30;

    private static final int QUIETEST = 127;

    private int random = 0x2545_F491;
    private int amplitude;

    /** Silence until a level is told. */
    public ComfortNoise() {}

    /**
     * The noise from now on.
     *
     * @param below the level in dB below that of overload, as in the first byte of the payload: 0 to 127
     */
    public void level(int below) {
        int level = Math.clamp(below, LOUDEST, QUIETEST);
        // evenly distributed numbers have a level of 1 / sqrt(3) of the largest
        amplitude = (int) Math.round(32_768 * Math.pow(10, -level / 20.0) * Math.sqrt(3));
    }

    /** Writes the next samples. */
    public void fill(short[] out, int off, int samples) {
        for (int i = off; i < off + samples; i++) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            out[i] = (short) ((long) random * amplitude >> 31);
        }
    }
}
