package dev.trunkline.media.vad;

import dev.trunkline.media.vad.VoiceActivityModel.Memory;

/**
 * One stream whose speech is watched. Its sound is given by one media thread, always the same; that cuts it into windows
 * and allocates nothing.
 */
public final class VoiceStream implements AutoCloseable {

    /**
     * One second of silent windows in a row is judged, further ones are not. Silero's memory drifts on through digital
     * silence and sees the next onset the later the longer it lasted (two windows later after 4 s); left as it is after
     * a second, it stays quick.
     */
    private static final int SETTLED_WINDOWS = 31;

    /** Below this probability, silence is what the model thinks too. */
    private static final float SETTLED_PROBABILITY = 0.1f;

    private final VoiceActivityService service;
    private final VoiceActivityService.Entrance entrance;
    private final SpeechListener listener;
    private volatile VoiceActivitySettings settings;
    private volatile boolean closed;

    // of the media thread
    private final short[] partial;
    private int filled;

    // of the voice-activity thread
    private final Memory memory;
    private final SpeechDetector detector = new SpeechDetector();
    private float probability;
    private int silentWindows;
    long inBatch;

    VoiceStream(
            VoiceActivityService service,
            VoiceActivityService.Entrance entrance,
            Memory memory,
            int window,
            VoiceActivitySettings settings,
            SpeechListener listener) {
        this.service = service;
        this.entrance = entrance;
        this.memory = memory;
        this.partial = new short[window];
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Takes the next sound of the stream, without gaps.
     *
     * @param samples linear 16-bit at 8 kHz
     * @param length how many count, from index 0
     * @param position stream position of the first one
     * @param arrivalNanos when the packet came that they are from
     */
    public void hear(short[] samples, int length, long position, long arrivalNanos) {
        int taken = 0;
        while (taken < length) {
            int part = Math.min(length - taken, partial.length - filled);
            System.arraycopy(samples, taken, partial, filled, part);
            filled += part;
            taken += part;
            if (filled == partial.length) {
                entrance.offer(this, partial, position + taken, arrivalNanos);
                filled = 0;
            }
        }
    }

    /** Other settings from now on; any thread. */
    public void settings(VoiceActivitySettings other) {
        settings = other;
    }

    /** Ends the watch; windows on their way are dropped. Any thread. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            service.closed();
        }
    }

    boolean isClosed() {
        return closed;
    }

    Memory memory() {
        return memory;
    }

    /** Whether this window may go by without the model: digital silence after the model has come to rest on it. */
    boolean passesUnjudged(short[] window) {
        for (short sample : window) {
            // -60 dBFS
            if (sample > 32 || sample < -32) {
                silentWindows = 0;
                return false;
            }
        }
        silentWindows++;
        return silentWindows > SETTLED_WINDOWS && probability < SETTLED_PROBABILITY;
    }

    /** Of the window judged last. */
    float probability() {
        return probability;
    }

    void judged(float speechProbability, VoiceWindow window) {
        probability = speechProbability;
        int length = window.samples.length;
        SpeechDetector.Change change =
                detector.judge(settings, probability, window.endPosition, length, window.arrivalNanos);
        listener.windowJudged(detector.speechNow(), length);
        switch (change) {
            case STARTED -> listener.speechStarted(detector.onset());
            case STOPPED -> listener.speechStopped(detector.end(), detector.lastSpeechArrival());
            case NONE -> {}
        }
    }
}
