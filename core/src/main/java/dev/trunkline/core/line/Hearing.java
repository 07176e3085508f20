package dev.trunkline.core.line;

/** Takes the caller's sound frame by frame. Called on a media thread: copies what it needs, and never blocks or throws. */
@FunctionalInterface
public interface Hearing {

    /**
     * One frame, in the format of {@link Voice#format()}, customarily 20 ms; frames lost by the network have been concealed,
     * so that the count of samples is the time.
     *
     * @param samples linear samples; the array is used again for the next frame
     * @param offset index of the first sample
     * @param length how many samples
     * @param streamMillis the time of the first sample, in milliseconds since the first frame that was heard
     */
    void frame(short[] samples, int offset, int length, long streamMillis);
}
