package dev.trunkline.media.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The rate of the sound that a session hears and plays: 8 kHz, or 16 kHz where the codec of the call carries more than a
 * telephone's band. It follows what is agreed on until somebody counts on it; from then on it stays, and another codec
 * is resampled at the edge. The control threads take a lock among themselves, media threads only read.
 */
final class SoundRate {

    static final int NARROW = 8_000;
    static final int WIDE = 16_000;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile int hertz = NARROW;
    private boolean settled;

    /** A codec of that rate is agreed on; the order that says so is given before anybody else can settle the rate. */
    void follow(int codecRate, Runnable order) {
        lock.lock();
        try {
            if (!settled) {
                hertz = codecRate > NARROW ? WIDE : NARROW;
            }
            order.run();
        } finally {
            lock.unlock();
        }
    }

    /** The rate, which does not change any more. */
    int settle() {
        lock.lock();
        try {
            settled = true;
            return hertz;
        } finally {
            lock.unlock();
        }
    }

    /** The rate as of now. */
    int now() {
        return hertz;
    }
}
