package dev.trunkline.media.tone;

import java.util.Optional;

/**
 * Finds call signs in a row of frames. Frames without a clear tone are passed over, so that a lost one does no harm as long
 * as one of its step is there. Used by one thread.
 */
public final class CallSignReader {

    private final int[] row = new int[CallSign.STEPS - 1];
    private int filled = -1;
    private int last = -1;

    /**
     * The next frame.
     *
     * @param tone as {@link CallSignTones#find} tells it
     * @return the sign that this frame completes
     */
    public Optional<CallSign> frame(int tone) {
        if (tone < 0 || tone == last) {
            return Optional.empty();
        }
        last = tone;
        if (tone == CallSign.MARK) {
            filled = 0;
            return Optional.empty();
        }
        if (filled < 0) {
            return Optional.empty();
        }
        row[filled++] = tone;
        if (filled < row.length) {
            return Optional.empty();
        }
        filled = -1;
        return CallSign.of(row);
    }

    /** Forgets what was begun: other sound follows. */
    public void reset() {
        filled = -1;
        last = -1;
    }
}
