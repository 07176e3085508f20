package dev.trunkline.telephony.leg;

import dev.trunkline.media.engine.MediaEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that a key that comes in several ways (RFC 4733, INFO, as a tone in the sound) counts once. A digit is taken for a
 * copy of the earliest press of the same key within the window that has not come that way yet, so that a key pressed twice
 * still counts twice, however many ways it comes. Thread-safe.
 *
 * <p>A long press is told by its event and its tone when it ends, by INFO perhaps when it begins: the window counts from
 * end of the one to beginning of the other.
 */
public final class DigitMerger {

    /** How a digit came. */
    public enum Way {
        /** As telephone-event in the media. */
        MEDIA,
        /** In the signalling. */
        SIGNALLING,
        /** As a tone in the sound. */
        TONE
    }

    /** Far sides that send a key several times send the copies within this. */
    public static final Duration COPY_WINDOW = Duration.ofMillis(1_500);

    private record Press(char digit, long from, long to, Set<Way> ways) {}

    private static final int KEPT = 64;

    private final long window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Press> presses = new ArrayDeque<>();

    /** Copies come at most that long after the first. */
    public DigitMerger(Duration window) {
        this.window = window.toNanos();
    }

    /** Notes a digit of the media; true if it is to be reported. */
    public boolean isNew(MediaEvent.DigitPressed digit) {
        Way way = digit.tone() ? Way.TONE : Way.MEDIA;
        return isNew(digit.digit(), way, digit.nanoTime(), Duration.ofMillis(digit.durationMs()));
    }

    /**
     * Notes a digit.
     *
     * @param nanos when it came, {@link System#nanoTime()}
     * @return true if it is to be reported
     */
    public boolean isNew(char digit, Way way, long nanos) {
        return isNew(digit, way, nanos, Duration.ZERO);
    }

    /**
     * Notes a digit whose length is known.
     *
     * @param nanos when it came, {@link System#nanoTime()}: at the end of the press
     * @param length of the press, zero if unknown
     * @return true if it is to be reported
     */
    public boolean isNew(char digit, Way way, long nanos, Duration length) {
        long from = nanos - length.toNanos();
        lock.lock();
        try {
            for (Iterator<Press> each = presses.iterator(); each.hasNext(); ) {
                Press press = each.next();
                if (from - press.to() > window) {
                    each.remove();
                } else if (press.digit() == digit
                        && press.from() - nanos <= window
                        && press.ways().add(way)) {
                    return false;
                }
            }
            if (presses.size() == KEPT) {
                presses.removeFirst();
            }
            presses.addLast(new Press(digit, from, nanos, EnumSet.of(way)));
            return true;
        } finally {
            lock.unlock();
        }
    }
}
