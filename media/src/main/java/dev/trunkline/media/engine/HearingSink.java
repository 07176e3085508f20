package dev.trunkline.media.engine;

/** Takes what the caller says, in order and without gaps; called on the session's media thread, must not block. */
@FunctionalInterface
public interface HearingSink {

    /**
     * Takes a frame, mostly 20 ms. What was lost on the network is already concealed.
     *
     * @param samples linear 16-bit at the rate of {@link MediaSession#format}; belongs to the engine and is overwritten after the return
     * @param length how many of the samples count, from index 0
     * @param position position of the first sample in the stream: samples since the first packet
     * @param arrivalNanos {@link System#nanoTime()} at which the packet came that completed the frame
     */
    void heard(short[] samples, int length, long position, long arrivalNanos);
}
