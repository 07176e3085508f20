package dev.trunkline.media.rtp;

/**
 * Presses keys towards the far side by the telephone events of RFC 4733, on the clock of the outgoing audio: one
 * {@link #tick} a frame says whether an event packet goes out in place of the audio of that frame. Every key is sent as
 * growing updates, then three end packets, then a pause. The sequence number grows with each packet as ever, and the
 * audio's timestamp goes on as if audio had been sent. Used by one thread; allocates nothing after construction.
 */
public final class TelephoneEventSender {

    /** Usual length of a tone. */
    public static final int TONE_MILLIS = 120;

    /** Usual pause between two tones; the repeated end packets are within it. */
    public static final int PAUSE_MILLIS = 80;

    private static final int ENDS = 3;
    private static final int QUEUE = 64;
    private static final int VOLUME = 10;

    private final int unitsPerTick;
    private final int toneTicks;
    private final int pauseTicks;
    private final byte[] queue = new byte[QUEUE];

    private int head;
    private int size;
    private boolean pressing;
    private int event;
    private int tick;
    private int timestamp;
    private boolean sending;

    /** With the usual lengths and 20 ms frames. */
    public TelephoneEventSender(int clockRate) {
        this(clockRate, 20, TONE_MILLIS, PAUSE_MILLIS);
    }

    /**
     * @param clockRate rate of the event timestamps in Hz, the one of the audio beside it
     * @param frameMillis time from tick to tick
     * @param toneMillis length of each tone, 40 ms or more, rounded up to frames; must fit into 65,535 units
     * @param pauseMillis from the end of a tone to the next one, 40 ms or more
     */
    public TelephoneEventSender(int clockRate, int frameMillis, int toneMillis, int pauseMillis) {
        if (toneMillis < 40 || pauseMillis < 40 || frameMillis < 1) {
            throw new IllegalArgumentException("too short: tone " + toneMillis + " ms, pause " + pauseMillis + " ms");
        }
        this.unitsPerTick = clockRate / 1_000 * frameMillis;
        this.toneTicks = (toneMillis + frameMillis - 1) / frameMillis;
        this.pauseTicks = Math.max(ENDS - 1, (pauseMillis + frameMillis - 1) / frameMillis);
        if (toneTicks * unitsPerTick > TelephoneEvents.LONGEST) {
            throw new IllegalArgumentException("too long for one event: " + toneMillis + " ms");
        }
    }

    /**
     * Queues keys behind those still to be sent.
     *
     * @param keys of {@code 0-9 * # A-D a-d !}
     * @return false, and nothing queued, if there is no room for all of them
     * @throws IllegalArgumentException if one is no key; nothing is queued then
     */
    public boolean send(CharSequence keys) {
        for (int i = 0; i < keys.length(); i++) {
            if (TelephoneEvents.event(keys.charAt(i)) < 0) {
                throw new IllegalArgumentException("not a telephone key: '" + keys.charAt(i) + "'");
            }
        }
        if (size + keys.length() > QUEUE) {
            return false;
        }
        for (int i = 0; i < keys.length(); i++) {
            queue[(head + size++) % QUEUE] = (byte) TelephoneEvents.event(keys.charAt(i));
        }
        return true;
    }

    /**
     * One frame has passed.
     *
     * @param mediaTimestamp the timestamp that the audio of this frame has or would have
     * @return whether an event packet goes out now instead of audio; {@link #marker}, {@link #timestamp} and
     *     {@link #writePayload} then tell what is in it
     */
    public boolean tick(int mediaTimestamp) {
        if (!pressing) {
            if (size == 0) {
                sending = false;
                return false;
            }
            event = queue[head];
            head = (head + 1) % QUEUE;
            size--;
            pressing = true;
            tick = 0;
            timestamp = mediaTimestamp;
        }
        tick++;
        sending = tick < toneTicks + ENDS;
        if (tick >= toneTicks + pauseTicks) {
            pressing = false;
        }
        return sending;
    }

    /** Whether the packet of this tick has the marker bit: the first of a key. */
    public boolean marker() {
        return tick == 1;
    }

    /** The timestamp of the packet of this tick: when the key went down. */
    public int timestamp() {
        return timestamp;
    }

    /**
     * Writes the payload of this tick's packet.
     *
     * @return bytes written
     * @throws IllegalStateException if no event packet goes out in this tick
     */
    public int writePayload(byte[] out, int off) {
        if (!sending) {
            throw new IllegalStateException("no event in this frame");
        }
        int duration = Math.min(tick, toneTicks) * unitsPerTick;
        out[off] = (byte) event;
        out[off + 1] = (byte) (tick >= toneTicks ? 0x80 | VOLUME : VOLUME);
        out[off + 2] = (byte) (duration >> 8);
        out[off + 3] = (byte) duration;
        return TelephoneEvents.PAYLOAD;
    }

    /** Whether keys are still to be sent, or the pause after the last one lasts. */
    public boolean active() {
        return pressing || size > 0;
    }

    /** Keys that have not begun yet. */
    public int waiting() {
        return size;
    }

    /** Forgets the keys that have not begun; the one that is down ends as usual. */
    public void cancel() {
        size = 0;
    }
}
