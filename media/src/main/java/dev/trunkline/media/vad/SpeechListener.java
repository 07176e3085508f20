package dev.trunkline.media.vad;

/** Is told about one stream's speech, on the voice-activity thread; must not block. */
public interface SpeechListener {

    /**
     * A window was judged.
     *
     * @param speech whether it counts as speech, confirmed or not
     * @param samples how long the window is, at 8 kHz
     */
    default void windowJudged(boolean speech, int samples) {}

    /**
     * Speech has begun.
     *
     * @param onset stream position in samples
     */
    void speechStarted(long onset);

    /**
     * Speech has ended.
     *
     * @param end stream position in samples
     * @param lastSpeechArrival {@link System#nanoTime()} at which the last packet with speech came
     */
    void speechStopped(long end, long lastSpeechArrival);
}
