package dev.trunkline.caller.sound;

/** How loud a frame is. */
public final class Level {

    /** What nothing at all is called: the level of digital silence, in dBFS. */
    public static final double SILENCE = -120;

    private Level() {}

    /** The root mean square of the samples in dB below full scale (a square wave of +-32768 is 0); {@link #SILENCE} at least. */
    public static double dbfs(short[] pcm, int offset, int length) {
        if (length == 0) {
            return SILENCE;
        }
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        double rms = Math.sqrt(sum / length) / 32768.0;
        return rms <= 1e-6 ? SILENCE : 20 * Math.log10(rms);
    }
}
