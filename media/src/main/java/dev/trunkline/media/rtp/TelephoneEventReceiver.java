package dev.trunkline.media.rtp;

import java.util.Objects;

/**
 * Hears the keys that the far side presses, from the telephone events of RFC 4733. A key is reported once for each
 * (SSRC, timestamp): on the first packet of it that arrives, be it the last one sent. A key whose end packets are lost
 * ends after a short while, and a key held so long that it comes as several segments is one key. Used by one thread;
 * allocates nothing.
 */
public final class TelephoneEventReceiver {

    /** Takes the keys. */
    public interface Listener {

        /**
         * A key went down.
         *
         * @param key {@code 0-9 * # A-D}, or {@code !} for hook flash
         */
        void keyDown(char key);

        /** The key went up after that long; follows every {@link #keyDown}. */
        void keyUp(char key, int millis);
    }

    /** Three updates of 20 ms, and as much again for jitter. */
    private static final long END_LOST_NANOS = 120_000_000L;

    /** An older timestamp than the last event's, by no more than this, is a straggler and not a new event. */
    private static final int STRAGGLER_SECONDS = 5;

    private int clockRate;
    private final Listener listener;

    private boolean any;
    private int ssrc;
    private int timestamp;
    private boolean down;
    private int event;
    private int units;
    private long earlierUnits;
    private long lastHeard;
    private long malformed;
    private long unknown;

    /**
     * @param clockRate rate of the event timestamps in Hz, the one of the audio beside it
     * @param listener is called on the thread that calls in
     */
    public TelephoneEventReceiver(int clockRate, Listener listener) {
        this.clockRate = clockRate;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** The next events count in that rate, in Hz: another codec. A key that is down goes up. */
    public void clockRate(int hertz) {
        if (hertz != clockRate) {
            up();
            clockRate = hertz;
        }
    }

    /** Takes a packet with the payload type of telephone events, in whatever order they come. */
    public void onPacket(int packetSsrc, int packetTimestamp, byte[] buf, int off, int len, long nowNanos) {
        if (len < TelephoneEvents.PAYLOAD) {
            malformed++;
            return;
        }
        int code = buf[off] & 0xFF;
        boolean end = (buf[off + 1] & 0x80) != 0;
        int duration = (buf[off + 2] & 0xFF) << 8 | (buf[off + 3] & 0xFF);
        if (TelephoneEvents.key(code) == 0) {
            unknown++;
            return;
        }
        if (!any || packetSsrc != ssrc) {
            up();
            begin(packetSsrc, packetTimestamp, code);
        } else if (packetTimestamp != timestamp) {
            int step = packetTimestamp - timestamp;
            if (step < 0 && step > -STRAGGLER_SECONDS * clockRate) {
                return;
            }
            if (down && code == event && nextSegment(step)) {
                earlierUnits += step;
                timestamp = packetTimestamp;
                units = 0;
            } else {
                up();
                begin(packetSsrc, packetTimestamp, code);
            }
        }
        if (down && code == event) {
            units = Math.max(units, duration);
            lastHeard = nowNanos;
            if (end) {
                up();
            }
        }
    }

    /** A segment ends at 0xFFFF units; when its last update is lost, the known length falls short of that a little. */
    private boolean nextSegment(int step) {
        return step <= TelephoneEvents.LONGEST && step > TelephoneEvents.LONGEST - clockRate / 5;
    }

    /** Ends a key whose end got lost; to be called now and then, 20 ms apart is fine. */
    public void poll(long nowNanos) {
        if (down && nowNanos - lastHeard >= END_LOST_NANOS) {
            up();
        }
    }

    /** Ends the key that is down, if one is: the call is over. */
    public void close() {
        up();
    }

    private void begin(int newSsrc, int newTimestamp, int code) {
        any = true;
        ssrc = newSsrc;
        timestamp = newTimestamp;
        event = code;
        units = 0;
        earlierUnits = 0;
        down = true;
        listener.keyDown(TelephoneEvents.key(code));
    }

    private void up() {
        if (down) {
            down = false;
            listener.keyUp(TelephoneEvents.key(event), (int) ((earlierUnits + units) * 1_000L / clockRate));
        }
    }

    /** Whether a key is down. */
    public boolean isDown() {
        return down;
    }

    /** Packets shorter than an event. */
    public long malformed() {
        return malformed;
    }

    /** Packets with events that are no keys. */
    public long unknown() {
        return unknown;
    }
}
