package dev.trunkline.media.playout;

import org.jspecify.annotations.Nullable;

/**
 * Holds the playout when the caller has spoken long enough over it. Only speech that falls into the stretch that sounds
 * counts; a gap of one window is bridged. Used by the voice-activity thread.
 */
public final class HoldWatch {

    private final PlayoutBuffer playout;
    private @Nullable HoldTarget watched;
    private long speech;
    private int quietWindows;

    /** Watches over that playout. */
    public HoldWatch(PlayoutBuffer playout) {
        this.playout = playout;
    }

    /** A window of the caller's sound was judged; samples at 8 kHz. */
    public void window(boolean isSpeech, int samples) {
        HoldTarget target = playout.holdTarget();
        if (target != watched) {
            watched = target;
            speech = 0;
            quietWindows = 0;
        }
        if (target == null) {
            return;
        }
        if (isSpeech) {
            quietWindows = 0;
            speech += samples;
            if (speech >= target.holdAfterSamples()) {
                playout.hold(target);
            }
        } else if (++quietWindows > 1) {
            speech = 0;
        }
    }
}
