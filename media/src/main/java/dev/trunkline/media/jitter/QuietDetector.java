package dev.trunkline.media.jitter;

/** Whether the line is quiet just now: the last frame is hardly above the noise floor, which is learned on the way. */
final class QuietDetector {

    private static final float FIRST_FLOOR = 60f;
    private static final float LEAST = 20f;
    private static final float MOST = 600f;
    private static final float RISE = 1.01f;
    private static final float ABOVE_FLOOR = 2f;

    private float floor = FIRST_FLOOR;
    private boolean quiet;

    void observe(short[] pcm, int off, int samples) {
        long sum = 0;
        for (int i = off; i < off + samples; i++) {
            sum += Math.abs(pcm[i]);
        }
        float level = (float) sum / samples;
        floor = Math.max(LEAST, Math.min(MOST, Math.min(level, floor * RISE)));
        quiet = level <= floor * ABOVE_FLOOR;
    }

    boolean isQuiet() {
        return quiet;
    }
}
