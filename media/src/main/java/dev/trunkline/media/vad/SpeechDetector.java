package dev.trunkline.media.vad;

import java.time.Duration;

/**
 * Decides from one stream's probabilities when its speaker begins and stops. Two thresholds keep it from flickering;
 * speech must last to count and is then dated back to its first window; a gap of one window does not undo it. Not
 * thread-safe.
 */
public final class SpeechDetector {

    /** What a window has brought. */
    public enum Change {
        NONE,
        STARTED,
        STOPPED
    }

    private static final long SAMPLES_PER_MS = 8;

    private boolean speaking;
    private boolean candidate;
    private boolean speechNow;
    private long speechSamples;
    private long quietSamples;
    private long onset;
    private long end;
    private long lastSpeechArrival;

    /**
     * Takes the judgement over the next window.
     *
     * @param probability of speech, 0 to 1
     * @param endPosition stream position after the window's last sample
     * @param samples in the window
     * @param arrivalNanos when the packet came that completed the window
     */
    public Change judge(
            VoiceActivitySettings settings, float probability, long endPosition, int samples, long arrivalNanos) {
        boolean active = speaking || candidate;
        speechNow = probability >= (active ? settings.stopConfidence() : settings.startConfidence());
        if (speechNow) {
            return speech(settings, endPosition, samples, arrivalNanos);
        }
        return active ? quiet(settings, samples) : Change.NONE;
    }

    private Change speech(VoiceActivitySettings settings, long endPosition, int samples, long arrivalNanos) {
        if (!speaking && !candidate) {
            candidate = true;
            speechSamples = 0;
            onset = endPosition - samples;
        }
        quietSamples = 0;
        speechSamples += samples;
        end = endPosition;
        lastSpeechArrival = arrivalNanos;
        if (candidate && speechSamples >= samplesOf(settings.start())) {
            candidate = false;
            speaking = true;
            return Change.STARTED;
        }
        return Change.NONE;
    }

    private Change quiet(VoiceActivitySettings settings, int samples) {
        quietSamples += samples;
        if (candidate && quietSamples > samples) {
            candidate = false;
        }
        if (speaking && quietSamples >= samplesOf(settings.stop())) {
            speaking = false;
            return Change.STOPPED;
        }
        return Change.NONE;
    }

    /** Whether the window judged last counts as speech, confirmed or not. */
    public boolean speechNow() {
        return speechNow;
    }

    /** Whether speech is going on, confirmed. */
    public boolean speaking() {
        return speaking;
    }

    /** Where the speech began that was confirmed last: a stream position in samples. */
    public long onset() {
        return onset;
    }

    /** Where the last speech ended: a stream position in samples. */
    public long end() {
        return end;
    }

    /** When the packet came that held the last speech. */
    public long lastSpeechArrival() {
        return lastSpeechArrival;
    }

    private static long samplesOf(Duration duration) {
        return duration.toMillis() * SAMPLES_PER_MS;
    }
}
