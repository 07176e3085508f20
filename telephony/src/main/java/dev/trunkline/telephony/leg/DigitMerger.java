package dev.trunkline.telephony.leg;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that a key that a peer sends in two ways (RFC 4733 and INFO) counts once. A digit is taken for the other
 * way's copy if the same digit has come that way within the window and has no copy yet, so that a key pressed twice still
 * counts twice. Thread-safe.
 */
public final class DigitMerger {

    /** How a digit came. */
    public enum Way {
        /** As telephone-event in the media. */
        MEDIA,
        /** In the signalling. */
        SIGNALLING
    }

    private record Press(char digit, Way way, long nanos) {}

    private static final int KEPT = 64;

    private final long window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Press> unmatched = new ArrayDeque<>();

    /** Copies come at most that long after the first. */
    public DigitMerger(Duration window) {
        this.window = window.toNanos();
    }

    /**
     * Notes a digit.
     *
     * @param nanos when it came, {@link System#nanoTime()}
     * @return true if it is to be reported
     */
    public boolean isNew(char digit, Way way, long nanos) {
        lock.lock();
        try {
            for (Iterator<Press> each = unmatched.iterator(); each.hasNext(); ) {
                Press press = each.next();
                if (nanos - press.nanos() > window) {
                    each.remove();
                } else if (press.digit() == digit && press.way() != way) {
                    each.remove();
                    return false;
                }
            }
            if (unmatched.size() == KEPT) {
                unmatched.removeFirst();
            }
            unmatched.addLast(new Press(digit, way, nanos));
            return true;
        } finally {
            lock.unlock();
        }
    }
}
